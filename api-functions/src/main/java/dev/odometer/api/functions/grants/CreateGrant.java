package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.entitlements.GrantDraft;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Grant;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a grant on a metered entitlement, effective from a time in the past or the future. */
public final class CreateGrant implements Function<CreateGrant.Input, GrantView> {

    private final Entitlements entitlements;
    private final EntitlementLookup lookup;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateGrant(Entitlements entitlements, EntitlementLookup lookup, Supplier<String> ids, Clock clock) {
        this.entitlements = entitlements;
        this.lookup = lookup;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The entitlement, by exactly one of subject and customer, and the grant; see {@link GrantDraft}.
     *
     * @param maxRolloverAmount the maximum balance after a reset; when absent, 0 by subject and the amount by customer,
     *     as in the two versions of the wire API
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            String entitlementIdOrFeatureKey,
            @Required @Nullable BigDecimal amount,
            @Nullable Integer priority,
            @Required @Nullable Instant effectiveAt,
            GrantDraft.@Nullable Expiration expiration,
            @Nullable BigDecimal minRolloverAmount,
            @Nullable BigDecimal maxRolloverAmount,
            GrantDraft.@Nullable Recurrence recurrence,
            @Nullable Map<String, String> metadata,
            @Nullable Map<String, @Nullable Object> annotations) {

        GrantDraft draft() {
            return new GrantDraft(
                    amount,
                    priority,
                    effectiveAt,
                    expiration,
                    minRolloverAmount,
                    maxRolloverAmount,
                    recurrence,
                    metadata,
                    annotations);
        }
    }

    @Override
    public GrantView apply(Input input) {
        var reference = new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey);
        boolean isVersion2 = input.subjectIdOrKey == null;
        Entitlement entitlement = lookup.live(reference, input.entitlementIdOrFeatureKey);
        var target = new GrantDraft.Target(entitlement.id(), entitlement.metered(), isVersion2);
        Instant now = clock.instant();
        Grant grant = input.draft().toGrant(ids.get(), target, now);
        entitlements.grant(grant);
        return isVersion2 ? GrantView.of(grant, now) : GrantView.ofVersion1(grant, now);
    }
}
