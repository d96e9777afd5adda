package dev.odometer.api.functions.access;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.QueryTime;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.EntitlementValue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Checks the access of a customer to every feature that it is entitled to. */
public final class GetCustomerAccess implements Function<GetCustomerAccess.Input, GetCustomerAccess.Access> {

    private final Entitlements entitlements;
    private final CustomerResolver resolver;
    private final Clock clock;
    private final int maximum;

    /** @param maximum more entitlements are refused */
    public GetCustomerAccess(Entitlements entitlements, CustomerResolver resolver, Clock clock, int maximum) {
        this.entitlements = entitlements;
        this.resolver = resolver;
        this.clock = clock;
        this.maximum = maximum;
    }

    /** The customer. */
    public record Input(String customerIdOrKey) {}

    /** Entitlement values by feature key. */
    public record Access(Map<String, EntitlementValue> entitlements) {}

    @Override
    public Access apply(Input input) {
        List<EntitlementStatus> statuses = Optional.of(input.customerIdOrKey)
                .filter(Text::isStorable)
                .flatMap(customer -> entitlements.statuses(customer, QueryTime.now(clock), maximum))
                .orElseThrow(() -> resolver.absent(new CustomerReference(null, input.customerIdOrKey)));
        var values = new TreeMap<String, EntitlementValue>();
        statuses.forEach(status -> values.put(status.entitlement().featureKey(), EntitlementValue.of(status)));
        return new Access(values);
    }
}
