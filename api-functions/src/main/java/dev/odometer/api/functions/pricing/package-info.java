/** Prices, rate cards and terms of plans in requests, shared by the functions that take them. */
@NullMarked
package dev.odometer.api.functions.pricing;

import org.jspecify.annotations.NullMarked;
