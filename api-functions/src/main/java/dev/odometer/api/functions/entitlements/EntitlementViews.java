package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Reset;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows entitlements with the periods they are in, which resets move; usage is not asked for. */
final class EntitlementViews {

    private final Entitlements entitlements;
    private final Clock clock;

    EntitlementViews(Entitlements entitlements, Clock clock) {
        this.entitlements = entitlements;
        this.clock = clock;
    }

    EntitlementView of(Entitlement entitlement, Holder holder) {
        return of(List.of(entitlement), customerId -> holder).get(0);
    }

    /** Of anybody, deleted customers too. */
    List<EntitlementView> of(List<Entitlement> all, Customers customers) {
        Set<String> ids = all.stream().map(Entitlement::customerId).collect(Collectors.toSet());
        Map<String, Holder> holders = customers.named(ids).stream().collect(Collectors.toMap(Customer::id, Holder::of));
        return of(
                all.stream()
                        .filter(one -> holders.containsKey(one.customerId()))
                        .toList(),
                holders::get);
    }

    /** @param holder by a customer's id */
    List<EntitlementView> of(List<Entitlement> all, Function<String, Holder> holder) {
        Instant now = QueryTime.now(clock);
        Map<String, Reset> resets =
                entitlements.lastResets(all.stream().map(Entitlement::id).toList());
        return all.stream()
                .map(one -> EntitlementView.of(
                        one, holder.apply(one.customerId()), CurrentPeriod.of(one, resets.get(one.id()), now)))
                .toList();
    }
}
