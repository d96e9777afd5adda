/**
 * Plans: versions with phases, rate cards and prices, from draft to archive. A draft is stored with the issues that only
 * prevent publication; they are computed when it is read, since its features change independently.
 */
@NullMarked
package dev.odometer.api.functions.plans;

import org.jspecify.annotations.NullMarked;
