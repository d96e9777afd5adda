package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
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

/** Pages of the list of entitlements, shared by both versions of the API. */
final class EntitlementPages {

    private static final int MAX_VALUES = 100;
    private static final Map<String, Order> ORDERS =
            Map.of("createdAt", Order.CREATED_AT, "updatedAt", Order.UPDATED_AT);
    private static final Map<String, String> TYPES =
            Map.of("metered", "metered", "static", "static", "boolean", "boolean");

    private final Entitlements entitlements;
    private final Customers customers;
    private final CustomerResolver resolver;
    private final EntitlementViews views;
    private final Clock clock;

    EntitlementPages(Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        this.entitlements = entitlements;
        this.customers = customers;
        this.resolver = new CustomerResolver(customers, subjects);
        this.views = new EntitlementViews(entitlements, clock);
        this.clock = clock;
    }

    /**
     * The filters and the order that both versions have.
     *
     * @param isOnlyActive without those that a subscription gives at another time
     */
    record Filter(
            @Nullable List<@Nullable String> feature,
            @Nullable List<@Nullable String> entitlementType,
            @Nullable Boolean includeDeleted,
            boolean isOnlyActive,
            @Nullable String orderBy,
            @Nullable String order) {}

    /** A filter on customers; all customers when all fields are absent. */
    record CustomerFilter(
            @Nullable List<@Nullable String> subjects,
            @Nullable List<@Nullable String> keys,
            @Nullable List<@Nullable String> ids) {}

    /** The entitlements of one live customer. */
    Object of(CustomerReference reference, Filter filter, Paging paging) {
        Holder holder = resolver.holder(reference);
        return page(List.of(holder.customer().id()), filter, paging, items -> views.of(items, id -> holder));
    }

    Object of(CustomerFilter customerFilter, Filter filter, Paging paging) {
        Set<String> subjects = Bounds.texts("subject", customerFilter.subjects, MAX_VALUES);
        Set<String> keys = Bounds.texts("customerKeys", customerFilter.keys, MAX_VALUES);
        Set<String> ids = Bounds.texts("customerIds", customerFilter.ids, MAX_VALUES);
        var customerIds = new LinkedHashSet<>(ids);
        if (!subjects.isEmpty()) {
            customerIds.addAll(customers.idsBySubject(subjects).values());
        }
        if (!keys.isEmpty()) {
            // Usage is attributed by keys and by subject keys, so drop customers found by a subject key.
            customers.findByIds(customers.idsBySubject(keys).values()).stream()
                    .filter(customer -> customer.key() != null && keys.contains(customer.key()))
                    .forEach(customer -> customerIds.add(customer.id()));
        }
        boolean matchesNone = customerIds.isEmpty() && !(subjects.isEmpty() && keys.isEmpty());
        // Even an empty page validates the request, so that errors do not depend on the data.
        return matchesNone
                ? emptyPage(filter, paging)
                : page(List.copyOf(customerIds), filter, paging, items -> views.of(items, customers));
    }

    private Object emptyPage(Filter filter, Paging paging) {
        search(List.of(), filter, paging);
        return paging.empty();
    }

    private Object page(
            List<String> customerIds,
            Filter filter,
            Paging paging,
            Function<List<Entitlement>, List<EntitlementView>> toViews) {
        return paging.response(
                entitlements.list(search(customerIds, filter, paging)).mapAll(toViews));
    }

    private EntitlementSearch search(List<String> customerIds, Filter filter, Paging paging) {
        List<String> types = Bounds.texts("entitlementType", filter.entitlementType, MAX_VALUES).stream()
                .map(type -> Bounds.choice("entitlementType", type, TYPES))
                .toList();
        return new EntitlementSearch(
                customerIds,
                List.copyOf(Bounds.texts("feature", filter.feature, MAX_VALUES)),
                types,
                Boolean.TRUE.equals(filter.includeDeleted),
                filter.isOnlyActive ? clock.instant() : null,
                Bounds.choice("orderBy", Objects.requireNonNullElse(filter.orderBy, "createdAt"), ORDERS),
                Bounds.isDescending(filter.order),
                paging.page());
    }
}
