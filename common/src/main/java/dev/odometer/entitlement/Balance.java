package dev.odometer.entitlement;

import java.math.BigDecimal;

/**
 * What is left of a metered entitlement at a time: {@code left + usage - overage = granted}, exactly.
 *
 * @param left of all grants that count at the time
 * @param usage in the period
 * @param overage usage that no grant covers
 * @param granted what the period's grants held, without what expired unused
 */
public record Balance(BigDecimal left, BigDecimal usage, BigDecimal overage, BigDecimal granted) {}
