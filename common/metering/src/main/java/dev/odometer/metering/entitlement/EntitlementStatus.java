package dev.odometer.metering.entitlement;

import dev.odometer.metering.usage.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an entitlement stands at a time. For a metered one also its balance, the period that holds the time, and when it
 * was last reset, by hand or because a period began.
 *
 * @param usagePeriod the interval of the periods, with the anchor that the last reset left
 */
public record EntitlementStatus(
        Entitlement entitlement,
        @Nullable Balance balance,
        @Nullable UsagePeriod usagePeriod,
        @Nullable Window period,
        @Nullable Instant lastReset) {

    /** Of an entitlement with a ledger. */
    public static EntitlementStatus of(Entitlement entitlement, Ledger ledger, Balance balance) {
        return new EntitlementStatus(
                entitlement,
                balance,
                ledger.usagePeriod(),
                ledger.period(),
                ledger.period().start());
    }

    /** Of one without. */
    public static EntitlementStatus of(Entitlement entitlement) {
        return new EntitlementStatus(entitlement, null, null, null, null);
    }

    /** Whether the customer may go on. */
    public boolean hasAccess() {
        return balance == null
                || balance.left().signum() > 0
                || (entitlement.terms() instanceof Terms.Metered metered && metered.soft());
    }
}
