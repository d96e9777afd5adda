package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementSearch;
import dev.odometer.metering.entitlement.EntitlementSearch.Order;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.views.EntitlementView;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts of the list of entitlements, as both versions of it answer them. */
final class EntitlementPages {

    private static final int MAX_VALUES = 100;
    private static final Map<String, Order> ORDERS =
            Map.of("createdAt", Order.CREATED_AT, "updatedAt", Order.UPDATED_AT);
    private static final Map<String, String> TYPES =
            Map.of("metered", "metered", "static", "static", "boolean", "boolean");

    private final Entitlements entitlements;
    private final Customers customers;
    private final CustomerResolver holders;
    private final EntitlementViews views;

    EntitlementPages(Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        this.entitlements = entitlements;
        this.customers = customers;
        this.holders = new CustomerResolver(customers, subjects);
        this.views = new EntitlementViews(entitlements, clock);
    }

    /** What both versions can be asked about. */
    record Asked(
            @Nullable List<@Nullable String> feature,
            @Nullable List<@Nullable String> entitlementType,
            @Nullable Boolean includeDeleted,
            @Nullable String orderBy,
            @Nullable String order) {}

    /** Whose entitlements, in whatever words; all absent, everybody's. */
    record Whose(
            @Nullable List<@Nullable String> subjects,
            @Nullable List<@Nullable String> keys,
            @Nullable List<@Nullable String> ids) {}

    /** One live customer's. */
    Object of(Named named, Asked asked, Paging paging) {
        Holder holder = holders.holder(named);
        return page(List.of(holder.customer().id()), asked, paging, items -> views.of(items, id -> holder));
    }

    Object of(Whose whose, Asked asked, Paging paging) {
        Set<String> subjects = Bounds.texts("subject", whose.subjects, MAX_VALUES);
        Set<String> keys = Bounds.texts("customerKeys", whose.keys, MAX_VALUES);
        Set<String> ids = Bounds.texts("customerIds", whose.ids, MAX_VALUES);
        var chosen = new LinkedHashSet<>(ids);
        if (!subjects.isEmpty()) {
            chosen.addAll(customers.idsBySubject(subjects).values());
        }
        if (!keys.isEmpty()) {
            // A key attributes usage as a subject key does, and is told from one by looking.
            customers.named(customers.idsBySubject(keys).values()).stream()
                    .filter(customer -> customer.key() != null && keys.contains(customer.key()))
                    .forEach(customer -> chosen.add(customer.id()));
        }
        boolean nobody = chosen.isEmpty() && !(subjects.isEmpty() && keys.isEmpty());
        // Checked before nobody is answered for, so that a mistake is one either way.
        return nobody
                ? emptyPage(asked, paging)
                : page(List.copyOf(chosen), asked, paging, items -> views.of(items, customers));
    }

    private static Object emptyPage(Asked asked, Paging paging) {
        search(List.of(), asked, paging);
        return paging.empty();
    }

    private Object page(
            List<String> chosen, Asked asked, Paging paging, Function<List<Entitlement>, List<EntitlementView>> shown) {
        return paging.answer(entitlements.list(search(chosen, asked, paging)).mapAll(shown));
    }

    private static EntitlementSearch search(List<String> chosen, Asked asked, Paging paging) {
        List<String> types = Bounds.texts("entitlementType", asked.entitlementType, MAX_VALUES).stream()
                .map(type -> Bounds.choice("entitlementType", type, TYPES))
                .toList();
        return new EntitlementSearch(
                chosen,
                List.copyOf(Bounds.texts("feature", asked.feature, MAX_VALUES)),
                types,
                Boolean.TRUE.equals(asked.includeDeleted),
                Bounds.choice("orderBy", Objects.requireNonNullElse(asked.orderBy, "createdAt"), ORDERS),
                Bounds.descending(asked.order),
                paging.page());
    }
}
