/**
 * Prices, rate cards, plans and rating. Pure functions of their input: no clock, and no port except the store of plans.
 * A price computes what the usage of a service period costs so far; the charges of a part of the period are the
 * difference of two such results, so parts always add up to the whole, to the minor unit of the currency. Quantities
 * and unit prices are exact; each charge is rounded once.
 */
@NullMarked
package dev.odometer.metering.pricing;

import org.jspecify.annotations.NullMarked;
