package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.views.CurrentPeriod;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends the current usage period of a metered entitlement and starts the next one. Idempotent within a minute. */
public final class ResetEntitlementUsage implements Consumer<ResetEntitlementUsage.Input> {

    private final Entitlements entitlements;
    private final EntitlementLookup lookup;
    private final CurrentPeriods periods;

    public ResetEntitlementUsage(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        this.entitlements = entitlements;
        this.lookup = new EntitlementLookup(entitlements, resolver, clock);
        this.periods = new CurrentPeriods(entitlements, clock);
    }

    /**
     * The entitlement and the options of the reset.
     *
     * @param effectiveAt within the current period, truncated to the minute; now when absent
     * @param retainAnchor whether later periods keep their schedule; otherwise they count from the reset
     * @param preserveOverage whether overage is carried into the new period; the entitlement's setting when absent
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
        var reference = new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey);
        Entitlement entitlement = lookup.live(reference, input.entitlementIdOrFeatureKey);
        Terms.Metered metered = entitlement.metered();
        Instant at = periods.pastMinute("effectiveAt", input.effectiveAt);
        CurrentPeriod current = periods.of(entitlement);
        CurrentPeriods.checkNotBefore(current, "effectiveAt", at);
        entitlements.reset(
                entitlement.id(),
                new Reset(
                        at,
                        Boolean.TRUE.equals(input.retainAnchor)
                                ? current.periods().anchor()
                                : at,
                        Objects.requireNonNullElse(input.preserveOverage, metered.preserveOverage())));
    }
}
