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

/** Shows entitlements with their current usage periods, which resets move; usage is not queried. */
public final class EntitlementViews {

    private final Entitlements entitlements;
    private final Clock clock;

    public EntitlementViews(Entitlements entitlements, Clock clock) {
        this.entitlements = entitlements;
        this.clock = clock;
    }

    EntitlementView of(Entitlement entitlement, Holder holder) {
        return of(List.of(entitlement), customerId -> holder).get(0);
    }

    /** Views of entitlements of any customers, including deleted ones. */
    public List<EntitlementView> of(List<Entitlement> all, Customers customers) {
        Set<String> ids = all.stream().map(Entitlement::customerId).collect(Collectors.toSet());
        Map<String, Holder> holders =
                customers.findByIds(ids).stream().collect(Collectors.toMap(Customer::id, Holder::of));
        return of(
                all.stream()
                        .filter(entitlement -> holders.containsKey(entitlement.customerId()))
                        .toList(),
                holders::get);
    }

    /** @param holder returns the holder by customer id */
    List<EntitlementView> of(List<Entitlement> all, Function<String, Holder> holder) {
        Map<String, Reset> resets =
                entitlements.lastResets(all.stream().map(Entitlement::id).toList());
        return all.stream()
                .map(entitlement ->
                        view(entitlement, holder.apply(entitlement.customerId()), resets.get(entitlement.id())))
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
