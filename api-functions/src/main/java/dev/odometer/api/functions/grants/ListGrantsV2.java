package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists grants with pagination, voided ones and those of allowances included: those of a customer's entitlement by
 * creation, or all by the time at which they become active.
 */
public final class ListGrantsV2 implements Function<ListGrantsV2.Input, Object> {

    private final GrantPages pages;
    private final CustomerLookup customers;

    public ListGrantsV2(Entitlements entitlements, EntitlementLookup lookup, Customers customers, Clock clock) {
        this.pages = new GrantPages(entitlements, lookup, GrantView::of, clock);
        this.customers = new CustomerLookup(customers);
    }

    /**
     * The entitlement or the filters, and the page; lists have at most 100 values and match all when absent.
     *
     * @param customerIdOrKey set with the entitlement; all grants when both are absent
     * @param feature ids or keys
     * @param customer only those of these customers, by id or key
     * @param includeDeleted whether grants of deleted entitlements are included in the list of all
     * @param orderBy id, createdAt, updatedAt or effectiveAt
     * @param order ASC or DESC
     * @param page from 1; takes precedence over {@code limit} and {@code offset}
     * @param pageSize 1 to 1,000; 100 when absent
     * @param limit 1 to 1,000; 100 when absent
     * @param offset how many to skip
     */
    public record Input(
            @Nullable String customerIdOrKey,
            @Nullable String entitlementIdOrFeatureKey,
            @Nullable List<@Nullable String> feature,
            @Nullable List<@Nullable String> customer,
            @Nullable Boolean includeDeleted,
            @Nullable String orderBy,
            @Nullable String order,
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable Integer limit,
            @Nullable Integer offset) {}

    @Override
    public Object apply(Input input) {
        var request = new GrantPages.Request(
                input.includeDeleted,
                input.orderBy,
                input.order,
                Paging.counted(input.page, input.pageSize, input.limit, input.offset));
        if (input.entitlementIdOrFeatureKey != null) {
            return pages.of(
                    new CustomerReference(null, input.customerIdOrKey), input.entitlementIdOrFeatureKey, request);
        }
        Set<String> names = Bounds.texts("customer", input.customer, GrantPages.MAX_VALUES);
        return pages.of(names.isEmpty() ? null : customers.idsOf(names), input.feature, request);
    }
}
