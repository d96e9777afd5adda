package dev.odometer.api.functions.meters;

import dev.odometer.api.functions.input.QueryFilters;
import dev.odometer.api.functions.list.PageParameters;
import dev.odometer.api.functions.list.PageV3;
import dev.odometer.api.functions.list.Sort;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.PageRequest;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists live meters with pagination, by key by default, in version 3 of the wire API. */
public final class ListMetersV3 implements Function<ListMetersV3.Input, PageV3<MeterViewV3>> {

    private static final Map<String, Comparator<Meter>> ORDERS = Map.of(
            "id", Comparator.comparing(Meter::id),
            "key", Comparator.comparing(Meter::slug),
            "name", Comparator.comparing(Meter::name),
            "aggregation", Comparator.comparing(meter -> meter.aggregation().name()),
            "created_at", Comparator.comparing(Meter::createdAt),
            "updated_at", Comparator.comparing(Meter::updatedAt));

    private final Meters meters;

    public ListMetersV3(Meters meters) {
        this.meters = meters;
    }

    /**
     * The filters, the order and the page.
     *
     * @param page number and size
     * @param sort id, key, name, aggregation, created_at or updated_at, optionally with asc or desc
     * @param filter on key and name
     */
    public record Input(
            @Nullable Map<String, String> page,
            @Nullable String sort,
            @Nullable Map<String, String> filter) {}

    @Override
    public PageV3<MeterViewV3> apply(Input input) {
        PageRequest page = PageParameters.numbered(input.page);
        Sort<Comparator<Meter>> sort = Sort.parse(input.sort, ORDERS, "key");
        QueryFilters filters = QueryFilters.of(input.filter, Set.of("key", "name"));
        Predicate<String> key = predicate(filters.text("key"));
        Predicate<String> name = predicate(filters.text("name"));
        Comparator<Meter> order = sort.by().thenComparing(Meter::id);
        return PageV3.of(
                page.slice(meters.list(false).stream()
                        .filter(meter -> key.test(meter.slug()) && name.test(meter.name()))
                        .sorted(sort.descending() ? order.reversed() : order)
                        .toList()),
                MeterViewV3::of);
    }

    private static Predicate<String> predicate(@Nullable TextFilter filter) {
        return filter == null ? text -> true : filter.toPredicate();
    }
}
