package dev.odometer.api.functions.access;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.QueryTime;
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
 * Checks whether a customer may use a feature, and returns the remaining balance: the call before each use. A customer
 * without an entitlement has no access, even to a feature that does not exist; a request by subject is refused in that
 * case, as in the wire API.
 */
public final class GetEntitlementValue implements Function<GetEntitlementValue.Input, EntitlementValue> {

    private final Entitlements entitlements;
    private final CustomerResolver resolver;
    private final Clock clock;

    public GetEntitlementValue(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        this.entitlements = entitlements;
        this.resolver = resolver;
        this.clock = clock;
    }

    /**
     * The customer, by exactly one of the first two, the feature and the time.
     *
     * @param entitlementIdOrFeatureKey an entitlement's id, or a feature's key or id
     * @param time now when absent, including all known usage of the current minute; a time in the future includes the
     *     usage that is known, and the periods and grants that start until then
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            String entitlementIdOrFeatureKey,
            @Nullable Instant time) {}

    @Override
    public EntitlementValue apply(Input input) {
        var reference = new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey);
        Instant time = QueryTime.of(input.time, clock);
        String name = input.entitlementIdOrFeatureKey;
        Optional<EntitlementStatus> status = Text.isStorable(name) ? status(reference, name, time) : Optional.empty();
        if (status.isPresent()) {
            return EntitlementValue.of(status.get());
        }
        if (reference.subjectIdOrKey() != null) {
            throw Refusal.notFound("entitlement not found: " + Refusal.quote(name));
        }
        resolver.holder(reference);
        return EntitlementValue.NONE;
    }

    private Optional<EntitlementStatus> status(CustomerReference reference, String name, Instant time) {
        String subject = reference.subjectIdOrKey();
        if (subject == null) {
            return Optional.ofNullable(reference.customerIdOrKey())
                    .filter(Text::isStorable)
                    .flatMap(customer -> entitlements.statuses(customer, name, time))
                    .orElseThrow(() -> resolver.absent(reference))
                    .stream()
                    .findFirst();
        }
        // Where the subject is also the customer's key, one query suffices; other subjects take more round trips.
        return Optional.of(subject)
                .filter(Text::isStorable)
                .flatMap(key -> entitlements.statuses(key, name, time))
                .flatMap(GetEntitlementValue::first)
                .filter(found -> !found.entitlement().customerId().equals(subject))
                .or(() -> entitlements
                        .statuses(resolver.customerOf(subject), name, time)
                        .flatMap(GetEntitlementValue::first));
    }

    private static Optional<EntitlementStatus> first(List<EntitlementStatus> statuses) {
        return statuses.stream().findFirst();
    }
}
