/** Schedules that draft, collect and issue invoices. Requests can do the same; each item is billed once. */
@NullMarked
package dev.odometer.event.functions.invoices;

import org.jspecify.annotations.NullMarked;
