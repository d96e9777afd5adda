/**
 * Amounts of money and currencies. A {@code Money} is always rounded to the digits of its currency, half away from zero,
 * and {@code Money} is the only class that rounds an amount. Unit prices and quantities are decimals that are never
 * rounded.
 */
@NullMarked
package dev.odometer.metering.money;

import org.jspecify.annotations.NullMarked;
