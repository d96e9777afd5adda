package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists entitlements page by page, a customer's or everybody's, by creation unless asked otherwise. */
public final class ListEntitlementsV2 implements Function<ListEntitlementsV2.Input, Object> {

    private final EntitlementPages pages;

    public ListEntitlementsV2(Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        this.pages = new EntitlementPages(entitlements, customers, subjects, clock);
    }

    /**
     * Which entitlements; lists of at most 100, all when absent.
     *
     * @param customerIdOrKey only those of this customer
     * @param customerKeys only those of customers with these keys or {@code customerIds}
     * @param feature ids or keys
     * @param entitlementType metered, static or boolean
     * @param excludeInactive without effect: what is not deleted is active
     * @param orderBy createdAt or updatedAt
     * @param order ASC or DESC
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
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
            @Nullable Integer pageSize) {}

    @Override
    public Object apply(Input input) {
        var paging = Paging.counted(input.page, input.pageSize);
        var asked = new EntitlementPages.Asked(
                input.feature, input.entitlementType, input.includeDeleted, input.orderBy, input.order);
        if (input.customerIdOrKey != null) {
            return pages.of(new CustomerResolver.Named(null, input.customerIdOrKey), asked, paging);
        }
        return pages.of(new EntitlementPages.Whose(null, input.customerKeys, input.customerIds), asked, paging);
    }
}
