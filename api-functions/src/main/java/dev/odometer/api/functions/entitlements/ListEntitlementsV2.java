package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists entitlements with pagination, of one customer or all, ordered by creation by default. */
public final class ListEntitlementsV2 implements Function<ListEntitlementsV2.Input, Object> {

    private final EntitlementPages pages;

    public ListEntitlementsV2(Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        this.pages = new EntitlementPages(entitlements, customers, subjects, clock);
    }

    /**
     * The filters and the page; lists have at most 100 values and match all when absent.
     *
     * @param customerIdOrKey only those of this customer
     * @param customerKeys only those of customers with these keys or {@code customerIds}
     * @param feature ids or keys
     * @param entitlementType metered, static or boolean
     * @param excludeInactive leaves out those that a subscription gives at another time; a list of one customer leaves
     *     them out unless {@code includeDeleted} is set
     * @param orderBy createdAt or updatedAt
     * @param order ASC or DESC
     * @param page from 1; takes precedence over {@code limit} and {@code offset}
     * @param pageSize 1 to 1,000; 100 when absent
     * @param limit 1 to 1,000; 100 when absent
     * @param offset how many to skip
     */
    public record Input(
            @Nullable String customerIdOrKey,
            @Nullable List<@Nullable String> customerKeys,
            @Nullable List<@Nullable String> customerIds,
            @Nullable List<@Nullable String> feature,
            @Nullable List<@Nullable String> entitlementType,
            @Nullable Boolean excludeInactive,
            @Nullable Boolean includeDeleted,
            @Nullable String orderBy,
            @Nullable String order,
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable Integer limit,
            @Nullable Integer offset) {}

    @Override
    public Object apply(Input input) {
        var paging = Paging.counted(input.page, input.pageSize, input.limit, input.offset);
        boolean isOnlyActive = input.customerIdOrKey == null
                ? Boolean.TRUE.equals(input.excludeInactive)
                : !Boolean.TRUE.equals(input.includeDeleted);
        var filter = new EntitlementPages.Filter(
                input.feature, input.entitlementType, input.includeDeleted, isOnlyActive, input.orderBy, input.order);
        if (input.customerIdOrKey != null) {
            return pages.of(new CustomerResolver.CustomerReference(null, input.customerIdOrKey), filter, paging);
        }
        return pages.of(
                new EntitlementPages.CustomerFilter(null, input.customerKeys, input.customerIds), filter, paging);
    }
}
