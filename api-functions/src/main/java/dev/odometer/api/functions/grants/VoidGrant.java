package dev.odometer.api.functions.grants;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Text;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Voids a grant immediately: what was burnt down stays so, and the remaining amount is lost. */
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
     * @param at refused: a grant cannot be voided retroactively
     */
    public record Input(String grantId, @Nullable Instant at) {}

    @Override
    public void accept(Input input) {
        if (input.at != null) {
            throw Refusal.invalid("at is not supported; a grant is voided immediately");
        }
        if (!Text.isStorable(input.grantId)) {
            throw Refusal.notFound("grant not found: " + Refusal.quote(input.grantId));
        }
        entitlements.voidGrant(input.grantId, clock.instant());
    }
}
