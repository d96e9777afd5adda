/**
 * Billing profiles and invoices in PostgreSQL. A transaction that settles locks the rows of its customers first, then
 * reads what was billed, so an item is billed once; the unique keys of the lines only hold if a lock is missing.
 */
@NullMarked
package dev.odometer.postgres.invoice;

import org.jspecify.annotations.NullMarked;
