package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.views.CurrentPeriod;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the running usage period of a metered entitlement and begins the next one. A repeat in the same minute is the
 * same reset.
 */
public final class ResetEntitlementUsage implements Consumer<ResetEntitlementUsage.Input> {

    private final Entitlements entitlements;
    private final EntitlementLookup known;
    private final Clock clock;

    public ResetEntitlementUsage(Entitlements entitlements, CustomerResolver holders, Clock clock) {
        this.entitlements = entitlements;
        this.known = new EntitlementLookup(entitlements, holders);
        this.clock = clock;
    }

    /**
     * Which entitlement, and how.
     *
     * @param effectiveAt in the running period, cut to the minute; now when absent
     * @param retainAnchor whether later periods begin when they would have begun; otherwise they count from the reset
     * @param preserveOverage whether what was used too much enters the new period; absent, as the entitlement has it
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            String entitlementIdOrFeatureKey,
            @Nullable Instant effectiveAt,
            @Nullable Boolean retainAnchor,
            @Nullable Boolean preserveOverage) {}

    @Override
    public void accept(Input input) {
        var named = new Named(input.subjectIdOrKey, input.customerIdOrKey);
        Entitlement entitlement = known.live(named, input.entitlementIdOrFeatureKey);
        Terms.Metered metered = entitlement.metered();
        Instant at = at(input.effectiveAt);
        CurrentPeriod current = current(entitlement);
        if (at.isBefore(current.period().start())) {
            throw Refusal.invalid("effectiveAt must not be before the current usage period, which began at "
                    + current.period().start() + ": " + at);
        }
        entitlements.reset(
                entitlement.id(),
                new Reset(
                        at,
                        Boolean.TRUE.equals(input.retainAnchor)
                                ? current.periods().anchor()
                                : at,
                        Objects.requireNonNullElse(input.preserveOverage, metered.preserveOverage())));
    }

    private Instant at(@Nullable Instant effectiveAt) {
        Instant now = clock.instant();
        Instant at = effectiveAt == null ? now : Timestamp.checked("effectiveAt", effectiveAt);
        if (at.isAfter(now)) {
            throw Refusal.invalid("effectiveAt must not be in the future: " + at);
        }
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    private CurrentPeriod current(Entitlement entitlement) {
        Reset last = entitlements.lastResets(List.of(entitlement.id())).get(entitlement.id());
        return Objects.requireNonNull(CurrentPeriod.of(entitlement, last, QueryTime.now(clock)));
    }
}
