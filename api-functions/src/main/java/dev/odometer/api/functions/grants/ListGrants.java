package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CustomerResolver.Named;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.Paging;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlements;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists grants by creation, one entitlement's or all: a customer's as a page, others as a page when {@code page} is there
 * and as a bare array without it.
 */
public final class ListGrants implements Function<ListGrants.Input, Object> {

    /** Grants do not change, so that all of these are one order. */
    private static final Map<String, Boolean> ORDERS = Map.of("id", true, "createdAt", true, "updatedAt", true);

    private final Entitlements entitlements;
    private final EntitlementLookup known;

    public ListGrants(Entitlements entitlements, EntitlementLookup known) {
        this.entitlements = entitlements;
        this.known = known;
    }

    /**
     * Which grants.
     *
     * @param subjectIdOrKey with the entitlement, as is {@code customerIdOrKey}; all three absent, everybody's
     * @param feature refused, as are {@code subject} and {@code customer}: ask for an entitlement's
     * @param includeDeleted void ones too
     * @param orderBy id, createdAt or updatedAt, which are one
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
                : known.live(new Named(input.subjectIdOrKey, input.customerIdOrKey), input.entitlementIdOrFeatureKey)
                        .id();
        return paging.answer(entitlements
                .grants(entitlement, Boolean.TRUE.equals(input.includeDeleted), paging.page())
                .map(GrantView::of));
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
        if (Bounds.descending(input.order)) {
            throw Refusal.invalid("order must be ASC");
        }
    }

    private static void checkAbsent(String field, @Nullable List<@Nullable String> values) {
        if (values != null && !values.isEmpty()) {
            throw Refusal.invalid(field + " is no filter here; an entitlement's grants can be asked for");
        }
    }
}
