package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.customers.CustomerDraft;
import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.EntitlementView;
import dev.odometer.views.UsageAttribution;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entitles a customer to a feature. A subject that no customer has becomes a customer of that key and name; a customer
 * that is entitled to the feature already is a conflict.
 */
public final class CreateEntitlement implements Function<CreateEntitlement.Input, EntitlementView> {

    private final Entitlements entitlements;
    private final FeatureLookup features;
    private final CustomerResolver holders;
    private final CreateCustomer newCustomer;
    private final Supplier<Documents> json;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateEntitlement(
            Entitlements entitlements,
            FeatureLookup features,
            CustomerResolver holders,
            CreateCustomer newCustomer,
            Supplier<Documents> json,
            Supplier<String> ids,
            Clock clock) {
        this.entitlements = entitlements;
        this.features = features;
        this.holders = holders;
        this.newCustomer = newCustomer;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Who is entitled to what, by either of the names of each.
     *
     * @param type metered, static or boolean
     * @param usagePeriod required when metered; of other types it says nothing
     * @param measureUsageFrom CURRENT_PERIOD_START, which an absent one means, NOW, or a time that is past
     * @param issueAfterReset what each period begins with
     * @param issue the same, as version 2 has it
     * @param isUnlimited refused when true
     * @param grants refused: they are made when the entitlement is there
     * @param config JSON in a text, required when static
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            @Nullable String type,
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
            @Nullable List<@Nullable Object> grants,
            @Nullable String config,
            @Nullable Map<String, String> metadata) {}

    /**
     * How long periods are, and where one begins.
     *
     * @param interval DAY, WEEK, MONTH, YEAR or a duration as in ISO 8601
     * @param anchor cut to the minute; now when absent
     */
    public record Period(
            @Nullable String interval, @Nullable Instant anchor) {}

    /** What each period begins with, and when it is burnt: priority 1 to 255, 1 when absent. */
    public record Issue(
            @Nullable BigDecimal amount, @Nullable Integer priority) {}

    @Override
    public EntitlementView apply(Input input) {
        var named = new Named(input.subjectIdOrKey, input.customerIdOrKey);
        Instant now = clock.instant();
        Terms terms = new EntitlementDraft(input, now, json).terms();
        Feature feature = feature(input);
        feature.checkMeasured(terms);
        Holder holder = holders.find(named).orElseGet(() -> added(named));
        var entitlement = new Entitlement(
                ids.get(),
                holder.customer().id(),
                feature.id(),
                feature.key(),
                terms,
                Objects.requireNonNullElse(input.metadata, Map.of()),
                Lifecycle.created(now));
        entitlements.add(entitlement);
        return new EntitlementViews(entitlements, clock).of(entitlement, holder);
    }

    private Feature feature(Input input) {
        if (input.featureId == null && input.featureKey == null) {
            throw Refusal.invalid("featureKey or featureId is required");
        }
        if (input.featureId == null) {
            return features.live(String.valueOf(input.featureKey));
        }
        Feature feature = features.live(input.featureId);
        if (input.featureKey != null && !input.featureKey.equals(feature.key())) {
            throw Refusal.invalid("featureKey and featureId name different features: " + Refusal.quote(input.featureKey)
                    + ", " + feature.id());
        }
        return feature;
    }

    private Holder added(Named named) {
        if (named.subjectIdOrKey() == null || !Text.isStorable(named.subjectIdOrKey())) {
            throw CustomerResolver.missing(named);
        }
        String key = holders.subjectKey(named.subjectIdOrKey());
        var attribution = new UsageAttribution(List.of(key));
        try {
            newCustomer.apply(new CustomerDraft(key, key, null, attribution, null, null, null, null));
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.CONFLICT) {
                throw refusal;
            }
            // Somebody else made it meanwhile.
            return holders.find(named).orElseThrow(() -> refusal);
        }
        return holders.holder(named);
    }
}
