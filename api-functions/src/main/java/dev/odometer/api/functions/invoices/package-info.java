/**
 * Invoices and pending lines. Schedules create and issue invoices; these functions do the same on request, and read,
 * edit and void invoices.
 */
@NullMarked
package dev.odometer.api.functions.invoices;

import org.jspecify.annotations.NullMarked;
