package dev.odometer.api.functions.entitlements;

import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Ledger;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a metered entitlement is now: its periods, as the last reset left them, and the one that holds now. */
record CurrentPeriod(UsagePeriod periods, Window period) {

    /** @param last its last reset, if it was reset by hand */
    static @Nullable CurrentPeriod of(Entitlement entitlement, @Nullable Reset last, Instant now) {
        if (!(entitlement.terms() instanceof Terms.Metered metered)) {
            return null;
        }
        UsagePeriod periods = last == null ? metered.period() : metered.period().anchoredAt(last.anchor());
        List<Reset> resets = last == null ? List.of() : List.of(last);
        return new CurrentPeriod(
                periods, Ledger.of(metered, List.of(), resets, now).period());
    }
}
