package dev.odometer.api.functions.features;

import dev.odometer.api.functions.input.QueryFilters;
import dev.odometer.api.functions.list.PageParameters;
import dev.odometer.api.functions.list.PageV3;
import dev.odometer.api.functions.list.Sort;
import dev.odometer.metering.entitlement.FeatureSearch;
import dev.odometer.metering.entitlement.FeatureSearch.Order;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.resource.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists features that are not archived with pagination, by creation by default, in version 3 of the wire API. */
public final class ListFeaturesV3 implements Function<ListFeaturesV3.Input, PageV3<FeatureViewV3>> {

    private static final Map<String, Order> ORDERS = Map.of(
            "id", Order.ID,
            "key", Order.KEY,
            "name", Order.NAME,
            "created_at", Order.CREATED_AT,
            "updated_at", Order.UPDATED_AT);

    private final Features features;

    public ListFeaturesV3(Features features) {
        this.features = features;
    }

    /**
     * The filters, the order and the page.
     *
     * @param page number and size
     * @param sort id, key, name, created_at or updated_at, optionally with asc or desc
     * @param filter on key, name and meter_id
     */
    public record Input(
            @Nullable Map<String, String> page,
            @Nullable String sort,
            @Nullable Map<String, String> filter) {}

    @Override
    public PageV3<FeatureViewV3> apply(Input input) {
        PageRequest page = PageParameters.numbered(input.page);
        Sort<Order> sort = Sort.parse(input.sort, ORDERS, "created_at");
        QueryFilters filters = QueryFilters.of(input.filter, Set.of("key", "name", "meter_id"));
        var search = new FeatureSearch(
                        List.copyOf(filters.choices("meter_id")), false, sort.by(), sort.descending(), page)
                .matching(filters.text("key"), filters.text("name"));
        return PageV3.of(features.list(search), FeatureViewV3::of);
    }
}
