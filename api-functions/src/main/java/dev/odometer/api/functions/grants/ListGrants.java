package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.Paging;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists grants by creation, of one entitlement or all: those of a customer as a page, others as a page with {@code
 * page} and otherwise as a bare array.
 */
public final class ListGrants implements Function<ListGrants.Input, Object> {

    /** Grants are immutable, so these orders are the same. */
    private static final Map<String, Boolean> ORDERS = Map.of("id", true, "createdAt", true, "updatedAt", true);

    private final Entitlements entitlements;
    private final EntitlementLookup lookup;
    private final Clock clock;

    public ListGrants(Entitlements entitlements, EntitlementLookup lookup, Clock clock) {
        this.entitlements = entitlements;
        this.lookup = lookup;
        this.clock = clock;
    }

    /**
     * The entitlement and the page.
     *
     * @param subjectIdOrKey set with the entitlement, as is {@code customerIdOrKey}; all grants when all three are
     *     absent
     * @param feature refused, as are {@code subject} and {@code customer}
     * @param includeDeleted whether voided grants are included
     * @param orderBy id, createdAt or updatedAt, which are equivalent
     * @param order ASC
     * @param limit 1 to 1,000, of a bare array
     * @param offset a multiple of the limit
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
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
        Paging paging = paging(input);
        check(input);
        String entitlement = input.entitlementIdOrFeatureKey == null
                ? null
                : lookup.live(
                                new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey),
                                input.entitlementIdOrFeatureKey)
                        .id();
        Instant now = clock.instant();
        return paging.response(entitlements
                .grants(entitlement, Boolean.TRUE.equals(input.includeDeleted), paging.page())
                .map(grant -> GrantView.of(grant, now)));
    }

    private static Paging paging(Input input) {
        return input.customerIdOrKey == null
                ? Paging.of(input.page, input.pageSize, input.limit, input.offset)
                : Paging.counted(input.page, input.pageSize);
    }

    private static void check(Input input) {
        checkAbsent("feature", input.feature);
        checkAbsent("subject", input.subject);
        checkAbsent("customer", input.customer);
        Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "createdAt"), ORDERS);
        if (Bounds.isDescending(input.order)) {
            throw Refusal.invalid("order must be ASC");
        }
    }

    private static void checkAbsent(String field, @Nullable List<@Nullable String> values) {
        if (values != null && !values.isEmpty()) {
            throw Refusal.invalid(field + " is not supported as a filter; list the grants of an entitlement instead");
        }
    }
}
