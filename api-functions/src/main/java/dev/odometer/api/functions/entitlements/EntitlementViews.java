package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.views.CurrentPeriod;
import dev.odometer.views.EntitlementView;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        Map<String, Reset> resets =
                entitlements.lastResets(all.stream().map(Entitlement::id).toList());
        return all.stream()
                .map(one -> view(one, holder.apply(one.customerId()), resets.get(one.id())))
                .toList();
    }

    private EntitlementView view(Entitlement entitlement, Holder holder, @Nullable Reset last) {
        return EntitlementView.of(
                entitlement,
                holder.customer(),
                holder.subjectKey(),
                CurrentPeriod.of(entitlement, last, QueryTime.now(clock)));
    }
}
