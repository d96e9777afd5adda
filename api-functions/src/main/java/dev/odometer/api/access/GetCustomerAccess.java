package dev.odometer.api.access;

import dev.odometer.api.entitlements.Moment;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.entitlement.Standing;
import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Text;
import dev.odometer.view.EntitlementValue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Says what a customer may do now, with every feature that it is entitled to. */
public final class GetCustomerAccess implements Function<GetCustomerAccess.Input, GetCustomerAccess.Access> {

    private final Entitlements entitlements;
    private final Clock clock;

    public GetCustomerAccess(Entitlements entitlements, Clock clock) {
        this.entitlements = entitlements;
        this.clock = clock;
    }

    /** Which customer. */
    public record Input(String customerIdOrKey) {}

    /** The values by feature key. */
    public record Access(Map<String, EntitlementValue> entitlements) {}

    @Override
    public Access apply(Input input) {
        List<Standing> standings = Optional.of(input.customerIdOrKey)
                .filter(Text::isStorable)
                .flatMap(customer -> entitlements.standings(customer, null, Moment.now(clock)))
                .orElseThrow(() -> Refusal.notFound("customer not found: " + Refusal.quote(input.customerIdOrKey)));
        var values = new TreeMap<String, EntitlementValue>();
        standings.forEach(standing -> values.put(standing.entitlement().featureKey(), EntitlementValue.of(standing)));
        return new Access(values);
    }
}
