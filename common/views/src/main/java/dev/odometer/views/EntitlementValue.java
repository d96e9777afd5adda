package dev.odometer.views;

import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.meter.Quantity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The value of an entitlement: the result of an access check. A metered entitlement has the four amounts, a static one
 * its configuration.
 *
 * @param balance the remaining amount, never below 0
 * @param usage in the current period
 * @param overage usage that no grant covers
 * @param totalAvailableGrantAmount the total of the period's allowance and grants, used or not; never below 0
 */
public record EntitlementValue(
        boolean hasAccess,
        @Nullable BigDecimal balance,
        @Nullable BigDecimal usage,
        @Nullable BigDecimal overage,
        @Nullable BigDecimal totalAvailableGrantAmount,
        @Nullable String config) {

    /** For a feature that the customer is not entitled to. */
    public static final EntitlementValue NONE = new EntitlementValue(false, null, null, null, null, null);

    public static EntitlementValue of(EntitlementStatus status) {
        Balance balance = status.balance();
        if (balance == null) {
            String config = status.entitlement().terms() instanceof Terms.Static fixed ? fixed.config() : null;
            return new EntitlementValue(status.hasAccess(), null, null, null, null, config);
        }
        return new EntitlementValue(
                status.hasAccess(),
                Quantity.normal(balance.remaining().max(BigDecimal.ZERO)),
                Quantity.normal(balance.usage()),
                Quantity.normal(balance.overage()),
                Quantity.normal(balance.granted().max(BigDecimal.ZERO)),
                null);
    }
}
