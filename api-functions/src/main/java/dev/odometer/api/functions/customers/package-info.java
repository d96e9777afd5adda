/**
 * Who pays, and the names their usage comes under. Subjects are words about a name that events carry, and are not
 * needed for counting; customers own subjects, each at most one live customer's.
 */
@NullMarked
package dev.odometer.api.functions.customers;

import org.jspecify.annotations.NullMarked;
