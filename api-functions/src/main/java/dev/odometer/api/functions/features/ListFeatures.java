package dev.odometer.api.functions.features;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.Paging;
import dev.odometer.metering.entitlement.FeatureSearch;
import dev.odometer.metering.entitlement.FeatureSearch.Order;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.views.FeatureView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists features, ordered by id by default: as a page with {@code page} or {@code pageSize}, otherwise as a bare array. */
public final class ListFeatures implements Function<ListFeatures.Input, Object> {

    private static final int MAX_METERS = 100;
    private static final Map<String, Order> ORDERS = Map.of(
            "id", Order.ID,
            "key", Order.KEY,
            "name", Order.NAME,
            "createdAt", Order.CREATED_AT,
            "updatedAt", Order.UPDATED_AT);

    private final Features features;
    private final Meters meters;

    public ListFeatures(Features features, Meters meters) {
        this.features = features;
        this.meters = meters;
    }

    /**
     * The filters and the page.
     *
     * @param meterSlug only those measured by these meters, by slug or id, at most 100; all when absent
     * @param orderBy id, key, name, createdAt or updatedAt
     * @param order ASC or DESC
     * @param limit 1 to 1,000, of a bare array
     * @param offset of a bare array, how many to skip
     */
    public record Input(
            @Nullable List<@Nullable String> meterSlug,
            @Nullable Boolean includeArchived,
            @Nullable String orderBy,
            @Nullable String order,
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable Integer limit,
            @Nullable Integer offset) {}

    @Override
    public Object apply(Input input) {
        Paging paging = Paging.of(input.page, input.pageSize, input.limit, input.offset);
        Set<String> slugs = Bounds.texts("meterSlug", input.meterSlug, MAX_METERS);
        Order order = Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "id"), ORDERS);
        boolean descending = Bounds.isDescending(input.order);
        List<String> meterIds = slugs.isEmpty()
                ? List.of()
                : meters.list(true).stream()
                        .filter(meter ->
                                slugs.contains(meter.id()) || (!meter.isDeleted() && slugs.contains(meter.slug())))
                        .map(Meter::id)
                        .toList();
        if (!slugs.isEmpty() && meterIds.isEmpty()) {
            return paging.empty();
        }
        var search = new FeatureSearch(
                meterIds, Boolean.TRUE.equals(input.includeArchived), order, descending, paging.page());
        return paging.response(features.list(search).map(FeatureView::of));
    }
}
