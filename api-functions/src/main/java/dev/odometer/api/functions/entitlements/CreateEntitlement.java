package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.customers.CustomerDraft;
import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.EntitlementView;
import dev.odometer.views.UsageAttribution;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates an entitlement. A subject without a customer gets a new one with that key and name. An existing live
 * entitlement of the customer to the feature is a conflict.
 */
public final class CreateEntitlement implements Function<CreateEntitlement.Input, EntitlementView> {

    private final Entitlements entitlements;
    private final CustomerResolver resolver;
    private final CreateCustomer createCustomer;
    private final NewEntitlement.Validation validation;

    public CreateEntitlement(
            Entitlements entitlements,
            FeatureLookup features,
            CustomerResolver resolver,
            CreateCustomer createCustomer,
            Supplier<Documents> json,
            Supplier<String> ids,
            Clock clock) {
        this.entitlements = entitlements;
        this.resolver = resolver;
        this.createCustomer = createCustomer;
        this.validation = new NewEntitlement.Validation(features, json, ids, clock);
    }

    /**
     * The customer and the feature, each by one of its names, and the terms.
     *
     * @param type metered, static or boolean
     * @param usagePeriod required when metered; otherwise stored and returned without effect
     * @param measureUsageFrom NOW, the default, CURRENT_PERIOD_START, or a time in the past
     * @param issueAfterReset the allowance of each usage period
     * @param issue the same in version 2
     * @param isUnlimited whether access does not depend on the balance; like {@code isSoftLimit}, which replaced it
     * @param grants created with the entitlement, at most 1,000; not together with an allowance
     * @param config a string that contains JSON, required when static
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            @Required @Nullable String type,
            @Nullable String featureKey,
            @Nullable String featureId,
            @Nullable Period usagePeriod,
            @Nullable String measureUsageFrom,
            @Nullable BigDecimal issueAfterReset,
            @Nullable Integer issueAfterResetPriority,
            @Nullable Issue issue,
            @Nullable Boolean isSoftLimit,
            @Nullable Boolean isUnlimited,
            @Nullable Boolean preserveOverageAtReset,
            @Nullable List<@Nullable GrantDraft> grants,
            @Nullable String config,
            @Nullable Map<String, String> metadata) {}

    /**
     * The length of usage periods and the start of one of them.
     *
     * @param interval DAY, WEEK, MONTH, YEAR or an ISO 8601 duration
     * @param anchor truncated to the minute; now when absent
     */
    public record Period(
            @Required @Nullable String interval, @Nullable Instant anchor) {}

    /** The allowance of each period and its burn-down priority, 1 to 255; 1 when absent. */
    public record Issue(
            @Required @Nullable BigDecimal amount, @Nullable Integer priority) {}

    @Override
    public EntitlementView apply(Input input) {
        var reference = new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey);
        NewEntitlement requested = validation.validated(input);
        Holder holder = resolver.find(reference).orElseGet(() -> createHolder(reference));
        Entitlement entitlement = requested.of(holder);
        entitlements.add(entitlement, requested.grants());
        return new EntitlementViews(entitlements, validation.clock()).of(entitlement, holder);
    }

    private Holder createHolder(CustomerReference reference) {
        if (reference.subjectIdOrKey() == null || !Text.isStorable(reference.subjectIdOrKey())) {
            throw CustomerResolver.missing(reference);
        }
        String key = resolver.subjectKey(reference.subjectIdOrKey());
        var attribution = new UsageAttribution(List.of(key));
        try {
            createCustomer.apply(new CustomerDraft(key, key, null, attribution, null, null, null, null, null, null));
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.CONFLICT) {
                throw refusal;
            }
            // It was created concurrently.
            return resolver.find(reference).orElseThrow(() -> refusal);
        }
        return resolver.holder(reference);
    }
}
