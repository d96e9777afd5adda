package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CurrentPeriods;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Text;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Voids a grant, now or from a time in the current usage period on: the amount that was burned down before stays
 * consumed, and the remaining amount is lost.
 */
public final class VoidGrant implements Consumer<VoidGrant.Input> {

    private final Entitlements entitlements;
    private final CurrentPeriods periods;

    public VoidGrant(Entitlements entitlements, Clock clock) {
        this.entitlements = entitlements;
        this.periods = new CurrentPeriods(entitlements, clock);
    }

    /**
     * The grant.
     *
     * @param at in the current usage period, truncated to the minute; now when absent
     */
    public record Input(String grantId, @Nullable Instant at) {}

    @Override
    public void accept(Input input) {
        if (!Text.isStorable(input.grantId)) {
            throw missing(input.grantId);
        }
        Instant at = periods.pastMinute("at", input.at);
        if (input.at != null) {
            CurrentPeriods.checkNotBefore(periods.of(entitlement(input.grantId)), "at", at);
        }
        entitlements.voidGrant(input.grantId, at);
    }

    private Entitlement entitlement(String grantId) {
        return entitlements
                .findGrant(grantId)
                .flatMap(grant -> entitlements.find(grant.entitlementId()))
                .orElseThrow(() -> missing(grantId));
    }

    private static Refusal missing(String grantId) {
        return Refusal.notFound("grant not found: " + Refusal.quote(grantId));
    }
}
