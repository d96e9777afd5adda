package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists entitlements, ordered by creation by default: those of one subject as a bare array, those of all customers as a
 * page with {@code page} and otherwise as a bare array.
 */
public final class ListEntitlements implements Function<ListEntitlements.Input, Object> {

    private final EntitlementPages pages;

    public ListEntitlements(Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        this.pages = new EntitlementPages(entitlements, customers, subjects, clock);
    }

    /**
     * The filters and the page; lists have at most 100 values and match all when absent.
     *
     * @param subjectIdOrKey only those of the customer that has this subject
     * @param subject only those of the customers that have these subjects
     * @param feature ids or keys
     * @param entitlementType metered, static or boolean
     * @param excludeInactive leaves out those that a subscription gives at another time; a list of one customer leaves
     *     them out unless {@code includeDeleted} is set
     * @param orderBy createdAt or updatedAt
     * @param order ASC or DESC
     * @param limit 1 to 1,000, of a bare array
     * @param offset of a bare array, how many to skip
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable List<@Nullable String> subject,
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
        var paging = Paging.of(input.page, input.pageSize, input.limit, input.offset);
        boolean isOnlyActive = input.subjectIdOrKey == null
                ? Boolean.TRUE.equals(input.excludeInactive)
                : !Boolean.TRUE.equals(input.includeDeleted);
        var filter = new EntitlementPages.Filter(
                input.feature, input.entitlementType, input.includeDeleted, isOnlyActive, input.orderBy, input.order);
        if (input.subjectIdOrKey != null) {
            return pages.of(new CustomerResolver.CustomerReference(input.subjectIdOrKey, null), filter, paging);
        }
        return pages.of(new EntitlementPages.CustomerFilter(input.subject, null, null), filter, paging);
    }
}
