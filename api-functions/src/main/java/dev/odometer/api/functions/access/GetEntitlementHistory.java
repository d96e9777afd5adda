package dev.odometer.api.functions.access;

import dev.odometer.api.functions.entitlements.CurrentPeriods;
import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.HistoryRange;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns how the balance of a metered entitlement changed: by window, and by segment with the grants burned down. */
public final class GetEntitlementHistory implements Function<GetEntitlementHistory.Input, EntitlementHistoryView> {

    private final Entitlements entitlements;
    private final EntitlementLookup lookup;
    private final Clock clock;

    public GetEntitlementHistory(Entitlements entitlements, EntitlementLookup lookup, Clock clock) {
        this.entitlements = entitlements;
        this.lookup = lookup;
        this.clock = clock;
    }

    /**
     * The customer, by exactly one of the first two, the entitlement, and the range, {@code from <= t < to}.
     *
     * @param from truncated to the minute; the start of the current usage period when absent
     * @param to rounded up to the minute; now when absent
     * @param windowTimeZone an IANA name; UTC when absent
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            String entitlementIdOrFeatureKey,
            @Nullable Instant from,
            @Nullable Instant to,
            @Required @Nullable WindowSize windowSize,
            @Nullable String windowTimeZone) {}

    @Override
    public EntitlementHistoryView apply(Input input) {
        WindowSize windowSize = Bounds.required("windowSize", input.windowSize);
        ZoneId zone = Bounds.zone(input.windowTimeZone);
        Instant to = input.to == null ? endOfMinute() : Timestamp.checked("to", input.to);
        Entitlement entitlement = lookup.live(
                new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey), input.entitlementIdOrFeatureKey);
        entitlement.metered();
        Instant from = input.from == null
                ? new CurrentPeriods(entitlements, clock)
                        .of(entitlement)
                        .period()
                        .start()
                : Timestamp.checked("from", input.from);
        return entitlements
                .history(entitlement.id(), new HistoryRange(from, to, windowSize, zone))
                .map(history -> EntitlementHistoryView.of(history, entitlement.id(), zone))
                .orElseThrow(() -> EntitlementLookup.missing(input.entitlementIdOrFeatureKey));
    }

    private Instant endOfMinute() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }
}
