package dev.odometer.metering.entitlement;

import dev.odometer.metering.usage.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of an entitlement at a time. For a metered entitlement it includes the balance, the period that contains
 * the time, and the last reset, manual or on schedule.
 *
 * @param usagePeriod the interval of the periods, with the anchor that is valid since the last reset
 */
public record EntitlementStatus(
        Entitlement entitlement,
        @Nullable Balance balance,
        @Nullable UsagePeriod usagePeriod,
        @Nullable Window period,
        @Nullable Instant lastReset) {

    /** For a metered entitlement. */
    public static EntitlementStatus of(Entitlement entitlement, Ledger ledger, Balance balance) {
        return new EntitlementStatus(
                entitlement,
                balance,
                ledger.usagePeriod(),
                ledger.period(),
                ledger.period().start());
    }

    /** For a static or boolean entitlement. */
    public static EntitlementStatus of(Entitlement entitlement) {
        return new EntitlementStatus(entitlement, null, null, null, null);
    }

    /**
     * Whether the customer may use the feature: for a metered one with balance left or without a hard limit, otherwise
     * always.
     */
    public boolean hasAccess() {
        return balance == null
                || balance.remaining().signum() > 0
                || (entitlement.terms() instanceof Terms.Metered metered && !metered.hasHardLimit());
    }
}
