package dev.odometer.views;

import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Ledger;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage period of an entitlement at a time.
 *
 * @param periods the interval of its periods, with the anchor that is valid since the last reset
 * @param period the one that contains the time
 */
public record CurrentPeriod(UsagePeriod periods, Window period) {

    /**
     * Computed without reading usage; absent when the entitlement has no usage periods.
     *
     * @param last its last manual reset, if any
     */
    public static @Nullable CurrentPeriod of(Entitlement entitlement, @Nullable Reset last, Instant now) {
        if (!(entitlement.terms() instanceof Terms.Metered metered)) {
            UsagePeriod periods = entitlement.terms().period();
            return periods == null ? null : new CurrentPeriod(periods, periods.containing(now));
        }
        List<Reset> resets = last == null ? List.of() : List.of(last);
        // Periods do not depend on grants, and the last reset suffices for the current one.
        Ledger ledger = Ledger.of(metered, List.of(), resets, now);
        return new CurrentPeriod(ledger.usagePeriod(), ledger.period());
    }

    static @Nullable CurrentPeriod of(EntitlementStatus status) {
        return status.usagePeriod() == null || status.period() == null
                ? null
                : new CurrentPeriod(status.usagePeriod(), status.period());
    }
}
