/**
 * Customers and their subjects. A subject is the consumer named in an event. It belongs to at most one live customer:
 * the one whose key or subject key it equals. Usage is counted whether or not its subject belongs to a customer.
 */
@NullMarked
package dev.odometer.metering.customer;

import org.jspecify.annotations.NullMarked;
