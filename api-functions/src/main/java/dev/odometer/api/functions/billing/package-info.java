/** Simulated invoices and backtests: prices applied to given or past usage. Nothing is stored. */
@NullMarked
package dev.odometer.api.functions.billing;

import org.jspecify.annotations.NullMarked;
