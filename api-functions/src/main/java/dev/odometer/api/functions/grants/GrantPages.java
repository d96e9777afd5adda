package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.GrantSearch;
import dev.odometer.metering.entitlement.GrantSearch.Order;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Pages of the list of grants, shared by both versions of the API. */
final class GrantPages {

    static final int MAX_VALUES = 100;

    private static final Map<String, Order> ORDERS = Map.of(
            "id", Order.ID,
            "createdAt", Order.CREATED_AT,
            "updatedAt", Order.UPDATED_AT,
            "effectiveAt", Order.EFFECTIVE_AT);

    private final Entitlements entitlements;
    private final EntitlementLookup lookup;
    private final BiFunction<Grant, Instant, GrantView> view;
    private final Clock clock;

    GrantPages(
            Entitlements entitlements,
            EntitlementLookup lookup,
            BiFunction<Grant, Instant, GrantView> view,
            Clock clock) {
        this.entitlements = entitlements;
        this.lookup = lookup;
        this.view = view;
        this.clock = clock;
    }

    /** The order and the page of a request. */
    record Request(
            @Nullable Boolean includeDeleted,
            @Nullable String orderBy,
            @Nullable String order,
            Paging paging) {

        private GrantSearch search(
                List<String> entitlements, List<String> customers, List<String> features, String defaultOrder) {
            return new GrantSearch(
                    entitlements,
                    customers,
                    features,
                    Boolean.TRUE.equals(includeDeleted),
                    Bounds.choice("orderBy", Objects.requireNonNullElse(orderBy, defaultOrder), ORDERS),
                    Bounds.isDescending(order),
                    paging.page());
        }
    }

    /** The grants of one live entitlement, by creation by default. */
    Object of(CustomerReference reference, String entitlementIdOrFeatureKey, Request request) {
        request.search(List.of(), List.of(), List.of(), "createdAt");
        String entitlement = lookup.live(reference, entitlementIdOrFeatureKey).id();
        return page(request.search(List.of(entitlement), List.of(), List.of(), "createdAt"), request);
    }

    /**
     * The grants of all entitlements, by the time at which they become active by default.
     *
     * @param customers ids of customers; absent for all
     */
    Object of(@Nullable List<String> customers, @Nullable List<@Nullable String> features, Request request) {
        List<String> wanted = List.copyOf(Bounds.texts("feature", features, MAX_VALUES));
        GrantSearch search =
                request.search(List.of(), customers == null ? List.of() : customers, wanted, "effectiveAt");
        return customers != null && customers.isEmpty() ? request.paging.empty() : page(search, request);
    }

    private Object page(GrantSearch search, Request request) {
        Instant now = clock.instant();
        return request.paging.response(entitlements.grants(search).map(grant -> view.apply(grant, now)));
    }
}
