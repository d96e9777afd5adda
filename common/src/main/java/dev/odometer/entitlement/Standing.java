package dev.odometer.entitlement;

import dev.odometer.usage.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an entitlement stands at a time. For a metered one also its balance, the period that holds the time, and when it
 * was last reset.
 */
public record Standing(
        Entitlement entitlement,
        @Nullable Balance balance,
        @Nullable Window period,
        @Nullable Instant lastReset) {

    /** Whether the customer may go on. */
    public boolean hasAccess() {
        return balance == null
                || balance.left().signum() > 0
                || (entitlement.terms() instanceof Terms.Metered metered && metered.soft());
    }
}
