package dev.odometer.metering.entitlement;

import java.math.BigDecimal;

/**
 * What is left of a metered entitlement at a time: {@code left + usage - overage = granted}, exactly.
 *
 * @param left of all grants that count at the time, and what usage that fell left over; above 0 only without overage
 * @param usage in the period
 * @param overage usage that no grant covers, with what the period before left of it where overage is preserved
 * @param granted what the period's allowance and grants brought, without what expired or was voided unused, and without
 *     the overage that the period before left; so it may be negative
 */
public record Balance(BigDecimal left, BigDecimal usage, BigDecimal overage, BigDecimal granted) {}
