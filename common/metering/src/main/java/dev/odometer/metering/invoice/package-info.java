/**
 * Invoices and their lines. A line holds the rated usage of a service period, or of a part of it. Amounts are rounded
 * per charge; the totals of a line and of an invoice are sums of rounded amounts.
 */
@NullMarked
package dev.odometer.metering.invoice;

import org.jspecify.annotations.NullMarked;
