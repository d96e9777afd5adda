package dev.odometer.api.functions.access;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.api.functions.entitlements.QueryTime;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.EntitlementValue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a customer may use a feature, and how much of it is left: the call before each use. A customer that is
 * not entitled to a feature has no access to it; asked by a subject that is a refusal, as the wire API has it.
 */
public final class GetEntitlementValue implements Function<GetEntitlementValue.Input, EntitlementValue> {

    private final Entitlements entitlements;
    private final FeatureLookup features;
    private final CustomerResolver holders;
    private final Clock clock;

    public GetEntitlementValue(
            Entitlements entitlements, FeatureLookup features, CustomerResolver holders, Clock clock) {
        this.entitlements = entitlements;
        this.features = features;
        this.holders = holders;
        this.clock = clock;
    }

    /**
     * Whose, to what, and when; either the subject or the customer is there.
     *
     * @param entitlementIdOrFeatureKey or a feature's id
     * @param time now, with all of the running minute that is known, when absent
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            String entitlementIdOrFeatureKey,
            @Nullable Instant time) {}

    @Override
    public EntitlementValue apply(Input input) {
        var named = new Named(input.subjectIdOrKey, input.customerIdOrKey);
        Instant time = QueryTime.of(input.time, clock);
        String name = input.entitlementIdOrFeatureKey;
        Optional<EntitlementStatus> status = Text.isStorable(name) ? status(named, name, time) : Optional.empty();
        if (status.isPresent()) {
            return EntitlementValue.of(status.get());
        }
        if (named.subjectIdOrKey() != null) {
            throw Refusal.notFound("entitlement not found: " + Refusal.quote(name));
        }
        features.any(name);
        return EntitlementValue.NONE;
    }

    private Optional<EntitlementStatus> status(Named named, String name, Instant time) {
        String subject = named.subjectIdOrKey();
        if (subject == null) {
            return Optional.ofNullable(named.customerIdOrKey())
                    .filter(Text::isStorable)
                    .flatMap(customer -> entitlements.statuses(customer, name, time))
                    .orElseThrow(() -> CustomerResolver.missing(named))
                    .stream()
                    .findFirst();
        }
        // Many subjects are their customer's key, which the one question finds; only for others are there more.
        return Optional.of(subject)
                .filter(Text::isStorable)
                .flatMap(key -> entitlements.statuses(key, name, time))
                .flatMap(GetEntitlementValue::first)
                .filter(found -> !found.entitlement().customerId().equals(subject))
                .or(() -> entitlements
                        .statuses(holders.customerOf(subject), name, time)
                        .flatMap(GetEntitlementValue::first));
    }

    private static Optional<EntitlementStatus> first(List<EntitlementStatus> statuses) {
        return statuses.stream().findFirst();
    }
}
