package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists grants, voided ones and those of allowances included: those of a subject's entitlement by creation, or all by
 * the time at which they become active. As a page with {@code page} or {@code pageSize}, otherwise as a bare array.
 */
public final class ListGrants implements Function<ListGrants.Input, Object> {

    private final GrantPages pages;
    private final Customers customers;

    public ListGrants(Entitlements entitlements, EntitlementLookup lookup, Customers customers, Clock clock) {
        this.pages = new GrantPages(entitlements, lookup, GrantView::ofVersion1, clock);
        this.customers = customers;
    }

    /**
     * The entitlement or the filters, and the page; lists have at most 100 values and match all when absent.
     *
     * @param subjectIdOrKey set with the entitlement; all grants when both are absent
     * @param feature ids or keys
     * @param subject only those of the customers that have these subjects
     * @param customer only those of these customers, by id or key
     * @param includeDeleted whether grants of deleted entitlements are included in the list of all
     * @param orderBy id, createdAt, updatedAt or effectiveAt
     * @param order ASC or DESC
     * @param limit 1 to 1,000, of a bare array
     * @param offset of a bare array, how many to skip
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String entitlementIdOrFeatureKey,
            @Nullable List<@Nullable String> feature,
            @Nullable List<@Nullable String> subject,
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
                Paging.of(input.page, input.pageSize, input.limit, input.offset));
        if (input.entitlementIdOrFeatureKey != null) {
            return pages.of(
                    new CustomerReference(input.subjectIdOrKey, null), input.entitlementIdOrFeatureKey, request);
        }
        return pages.of(customers(input), input.feature, request);
    }

    /** The ids of the customers that match both filters. */
    private @Nullable List<String> customers(Input input) {
        Set<String> subjects = Bounds.texts("subject", input.subject, GrantPages.MAX_VALUES);
        Set<String> names = Bounds.texts("customer", input.customer, GrantPages.MAX_VALUES);
        if (subjects.isEmpty() && names.isEmpty()) {
            return null;
        }
        List<String> named = new CustomerLookup(customers).idsOf(names);
        if (subjects.isEmpty()) {
            return named;
        }
        var attributed = new LinkedHashSet<>(customers.idsBySubject(subjects).values());
        if (!names.isEmpty()) {
            attributed.retainAll(named);
        }
        return List.copyOf(attributed);
    }
}
