package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.views.EntitlementView;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a live entitlement with a new one to the same feature: the old one is deleted and the new one created in one
 * step, so that the customer has access at any time. Usage and grants stay with the old one.
 */
public final class OverrideEntitlement implements Function<OverrideEntitlement.Input, EntitlementView> {

    private final Entitlements entitlements;
    private final CustomerResolver resolver;
    private final EntitlementLookup lookup;
    private final NewEntitlement.Validation validation;

    public OverrideEntitlement(
            Entitlements entitlements,
            FeatureLookup features,
            CustomerResolver resolver,
            Supplier<Documents> json,
            Supplier<String> ids,
            Clock clock) {
        this.entitlements = entitlements;
        this.resolver = resolver;
        this.lookup = new EntitlementLookup(entitlements, resolver, clock);
        this.validation = new NewEntitlement.Validation(features, json, ids, clock);
    }

    /**
     * The customer, by exactly one of the first two, the entitlement to replace, and the new one; see {@link
     * CreateEntitlement.Input}.
     *
     * @param featureKey with {@code featureId}, names the feature of the entitlement to replace
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            String entitlementIdOrFeatureKey,
            @Required @Nullable String type,
            @Nullable String featureKey,
            @Nullable String featureId,
            CreateEntitlement.@Nullable Period usagePeriod,
            @Nullable String measureUsageFrom,
            @Nullable BigDecimal issueAfterReset,
            @Nullable Integer issueAfterResetPriority,
            CreateEntitlement.@Nullable Issue issue,
            @Nullable Boolean isSoftLimit,
            @Nullable Boolean isUnlimited,
            @Nullable Boolean preserveOverageAtReset,
            @Nullable List<@Nullable GrantDraft> grants,
            @Nullable String config,
            @Nullable Map<String, String> metadata) {

        CreateEntitlement.Input created() {
            return new CreateEntitlement.Input(
                    subjectIdOrKey,
                    customerIdOrKey,
                    type,
                    featureKey,
                    featureId,
                    usagePeriod,
                    measureUsageFrom,
                    issueAfterReset,
                    issueAfterResetPriority,
                    issue,
                    isSoftLimit,
                    isUnlimited,
                    preserveOverageAtReset,
                    grants,
                    config,
                    metadata);
        }
    }

    @Override
    public EntitlementView apply(Input input) {
        Holder holder = resolver.holder(new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey));
        Entitlement old = lookup.live(holder, input.entitlementIdOrFeatureKey);
        NewEntitlement requested = validation.validated(input.created());
        Entitlement successor = requested.of(holder);
        entitlements.replace(old.id(), successor, requested.grants());
        return new EntitlementViews(entitlements, validation.clock()).of(successor, holder);
    }
}
