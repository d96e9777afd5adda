package dev.odometer.metering.entitlement;

import java.math.BigDecimal;

/**
 * The balance of a metered entitlement at a time. The equation {@code remaining + usage - overage = granted} holds exactly.
 *
 * @param remaining the remaining amount of all active grants, plus credit from usage that decreased; above 0 only without
 *     overage
 * @param usage the usage in the period
 * @param overage the usage that no grant covers, including overage preserved from the previous period
 * @param granted the total of the period's allowance and grants, minus amounts that expired or were voided unused, and
 *     minus overage preserved from the previous period; it may be negative
 */
public record Balance(BigDecimal remaining, BigDecimal usage, BigDecimal overage, BigDecimal granted) {}
