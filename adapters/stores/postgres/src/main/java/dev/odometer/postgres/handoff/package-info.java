/** The hand-off of invoices in PostgreSQL. */
@NullMarked
package dev.odometer.postgres.handoff;

import org.jspecify.annotations.NullMarked;
