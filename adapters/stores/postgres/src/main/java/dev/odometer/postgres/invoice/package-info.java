/**
 * Billing profiles and invoices in PostgreSQL. A transaction that settles locks the rows of its customers first, then
 * reads what was billed, so an item is billed once; the unique keys of the lines are a second safeguard.
 */
@NullMarked
package dev.odometer.postgres.invoice;

import org.jspecify.annotations.NullMarked;
