package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.list.AllOrPage;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.portal.PortalToken;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the meters that a token allows, ordered by slug: all if there are at most 10,000, or the requested page. */
public final class ListPortalMeters
        implements Function<ListPortalMeters.Input, List<ListPortalMeters.PortalMeterView>> {

    private final TokenCheck check;
    private final Meters meters;

    ListPortalMeters(TokenCheck check, Meters meters) {
        this.check = check;
        this.meters = meters;
    }

    /**
     * The part of the list.
     *
     * @param authorization the {@code Authorization} header of the request
     * @param page from 1; all meters when absent, as is {@code pageSize}
     * @param pageSize 1 to 1,000; 100 when absent
     */
    public record Input(
            @Nullable String authorization,
            @Nullable Integer page,
            @Nullable Integer pageSize) {}

    /**
     * The fields that a query needs. The event type and value property are not shown.
     *
     * @param groupBy the keys
     */
    public record PortalMeterView(String slug, String name, Aggregation aggregation, List<String> groupBy) {

        private static PortalMeterView of(Meter meter) {
            return new PortalMeterView(
                    meter.slug(),
                    meter.name(),
                    meter.aggregation(),
                    List.copyOf(meter.groupBy().keySet()));
        }
    }

    @Override
    public List<PortalMeterView> apply(Input input) {
        PortalToken token = check.authenticate(input.authorization);
        return AllOrPage.of(input.page, input.pageSize)
                .of(meters.list(false).stream()
                        .filter(meter -> token.allows(meter.slug()))
                        .sorted(Comparator.comparing(Meter::slug))
                        .map(PortalMeterView::of)
                        .toList());
    }
}
