/**
 * Invoices as documents, computed from the invoice alone: a table for bookkeeping, a page to print, and an e-invoice.
 * Amounts are those of the invoice; nothing is rated or rounded here. Dates are in the time zone of the customer. Texts
 * of users are escaped.
 */
@NullMarked
package dev.odometer.documents;

import org.jspecify.annotations.NullMarked;
