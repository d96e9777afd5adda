/**
 * What customers may use: features, what each customer is entitled to, and how much of it is left. A balance is computed
 * from grants and usage at the time that is asked about, so nothing has to run when a period ends, and a late event
 * changes the balances it belongs to and no other. Times count by the minute.
 */
@NullMarked
package dev.odometer.metering.entitlement;

import org.jspecify.annotations.NullMarked;
