/**
 * Invoices and the items that wait for one. Schedules draft and issue them; each of these functions does the same on
 * request, or changes a draft.
 */
@NullMarked
package dev.odometer.api.functions.invoices;

import org.jspecify.annotations.NullMarked;
