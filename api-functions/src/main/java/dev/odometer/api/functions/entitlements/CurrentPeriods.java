package dev.odometer.api.functions.entitlements;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.views.CurrentPeriod;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The current usage periods of metered entitlements. A change may take effect at a past time within the current period. */
public record CurrentPeriods(Entitlements entitlements, Clock clock) {

    public CurrentPeriod of(Entitlement metered) {
        Reset last = entitlements.lastResets(List.of(metered.id())).get(metered.id());
        return Objects.requireNonNull(CurrentPeriod.of(metered, last, QueryTime.now(clock)));
    }

    /**
     * The requested time of a change, or now when absent, truncated to the minute.
     *
     * @throws Refusal INVALID when it is in the future
     */
    public Instant pastMinute(String field, @Nullable Instant time) {
        Instant now = clock.instant();
        Instant at = time == null ? now : Timestamp.checked(field, time);
        if (at.isAfter(now)) {
            throw Refusal.invalid(field + " must not be in the future: " + at);
        }
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    /** @throws Refusal INVALID when the time of a change is before the period */
    public static void checkNotBefore(CurrentPeriod current, String field, Instant at) {
        Instant start = current.period().start();
        if (at.isBefore(start)) {
            throw Refusal.invalid(
                    field + " must not be before the current usage period, which began at " + start + ": " + at);
        }
    }
}
