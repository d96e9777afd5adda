/**
 * Features, entitlements, grants and balances. A balance is computed on demand from grants, resets and usage, so no job
 * has to run when a period ends, and a late-arriving event changes only the balances of its own period and later ones
 * that depend on it. The resolution of times is one minute.
 */
@NullMarked
package dev.odometer.metering.entitlement;

import org.jspecify.annotations.NullMarked;
