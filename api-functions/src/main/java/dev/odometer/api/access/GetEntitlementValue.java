package dev.odometer.api.access;

import dev.odometer.api.entitlements.Holders;
import dev.odometer.api.entitlements.Holders.Named;
import dev.odometer.api.entitlements.Moment;
import dev.odometer.api.features.KnownFeatures;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.entitlement.Standing;
import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Text;
import dev.odometer.view.EntitlementValue;
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
    private final KnownFeatures features;
    private final Holders holders;
    private final Clock clock;

    public GetEntitlementValue(Entitlements entitlements, KnownFeatures features, Holders holders, Clock clock) {
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
        Instant time = Moment.of(input.time, clock);
        String name = input.entitlementIdOrFeatureKey;
        Optional<Standing> standing = Text.isStorable(name) ? standing(named, name, time) : Optional.empty();
        if (standing.isPresent()) {
            return EntitlementValue.of(standing.get());
        }
        if (named.subjectIdOrKey() != null) {
            throw Refusal.notFound("entitlement not found: " + Refusal.quote(name));
        }
        features.any(name);
        return EntitlementValue.NONE;
    }

    private Optional<Standing> standing(Named named, String name, Instant time) {
        String subject = named.subjectIdOrKey();
        if (subject == null) {
            return Optional.ofNullable(named.customerIdOrKey())
                    .filter(Text::isStorable)
                    .flatMap(customer -> entitlements.standings(customer, name, time))
                    .orElseThrow(() -> Holders.missing(named))
                    .stream()
                    .findFirst();
        }
        // Many subjects are their customer's key, which the one question finds; only for others are there more.
        return Optional.of(subject)
                .filter(Text::isStorable)
                .flatMap(key -> entitlements.standings(key, name, time))
                .flatMap(GetEntitlementValue::first)
                .filter(found -> !found.entitlement().customerId().equals(subject))
                .or(() -> entitlements
                        .standings(holders.customerOf(subject), name, time)
                        .flatMap(GetEntitlementValue::first));
    }

    private static Optional<Standing> first(List<Standing> standings) {
        return standings.stream().findFirst();
    }
}
