package dev.odometer.api.functions.meters;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.list.AllOrPage;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists meters as a bare array, ordered by slug by default: all if there are at most 10,000, or the requested page. */
public final class ListMeters implements Function<ListMeters.Input, List<MeterView>> {

    private static final Map<String, Comparator<Meter>> ORDERS = Map.of(
            "key", Comparator.comparing(Meter::slug),
            "name", Comparator.comparing(Meter::name),
            "aggregation", Comparator.comparing(meter -> meter.aggregation().name()),
            "createdAt", Comparator.comparing(Meter::createdAt),
            "updatedAt", Comparator.comparing(Meter::updatedAt));

    private final Meters meters;

    public ListMeters(Meters meters) {
        this.meters = meters;
    }

    /**
     * The order and scope of the list.
     *
     * @param page from 1; all meters when absent, as is {@code pageSize}
     * @param pageSize 1 to 1,000; 100 when absent
     * @param orderBy key, name, aggregation, createdAt or updatedAt
     * @param order ASC or DESC
     */
    public record Input(
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable String orderBy,
            @Nullable String order,
            @Nullable Boolean includeDeleted) {}

    @Override
    public List<MeterView> apply(Input input) {
        AllOrPage part = AllOrPage.of(input.page, input.pageSize);
        Comparator<Meter> order = Bounds.choice("orderBy", input.orderBy == null ? "key" : input.orderBy, ORDERS)
                .thenComparing(Meter::id);
        return part.of(meters.list(Boolean.TRUE.equals(input.includeDeleted)).stream()
                .sorted(Bounds.isDescending(input.order) ? order.reversed() : order)
                .map(MeterView::of)
                .toList());
    }
}
