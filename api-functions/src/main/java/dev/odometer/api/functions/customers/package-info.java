/**
 * Customers and subjects. An entry in the subjects list only describes a key that events carry, and is not needed for
 * counting. A subject belongs to at most one live customer.
 */
@NullMarked
package dev.odometer.api.functions.customers;

import org.jspecify.annotations.NullMarked;
