package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.QueryTime;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.resource.Text;
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
 * Voids a grant, now or from a time in the current usage period on: the amount that was burned down before stays
 * consumed, and the remaining amount is lost.
 */
public final class VoidGrant implements Consumer<VoidGrant.Input> {

    private final Entitlements entitlements;
    private final Clock clock;

    public VoidGrant(Entitlements entitlements, Clock clock) {
        this.entitlements = entitlements;
        this.clock = clock;
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
        Instant now = clock.instant();
        Instant at = input.at == null ? now : Timestamp.checked("at", input.at);
        if (at.isAfter(now)) {
            throw Refusal.invalid("at must not be in the future: " + at);
        }
        if (input.at != null) {
            checkCurrentPeriod(input.grantId, at.truncatedTo(ChronoUnit.MINUTES));
        }
        entitlements.voidGrant(input.grantId, at.truncatedTo(ChronoUnit.MINUTES));
    }

    private void checkCurrentPeriod(String grantId, Instant at) {
        Entitlement entitlement = entitlements
                .findGrant(grantId)
                .flatMap(grant -> entitlements.find(grant.entitlementId()))
                .orElseThrow(() -> missing(grantId));
        Reset last = entitlements.lastResets(List.of(entitlement.id())).get(entitlement.id());
        Instant start = Objects.requireNonNull(CurrentPeriod.of(entitlement, last, QueryTime.now(clock)))
                .period()
                .start();
        if (at.isBefore(start)) {
            throw Refusal.invalid(
                    "at must not be before the current usage period, which began at " + start + ": " + at);
        }
    }

    private static Refusal missing(String grantId) {
        return Refusal.notFound("grant not found: " + Refusal.quote(grantId));
    }
}
