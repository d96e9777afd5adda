package dev.odometer.api.functions.costs;

import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.cost.InvocationMeasure;
import dev.odometer.metering.cost.PriceList;
import dev.odometer.metering.cost.PriceList.Offer;
import dev.odometer.metering.cost.Workload;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prices the invocations of a range, as self-metering counted them, at the list prices of each platform. */
public final class GetCosts implements Function<GetCosts.Input, GetCosts.Costs> {

    private static final List<String> GROUPS =
            List.of(InvocationMeasure.FUNCTION, InvocationMeasure.PLATFORM, InvocationMeasure.TRIGGER);
    private static final int DEFAULT_MEMORY = 1024;
    private static final int MIN_MEMORY = 128;
    private static final int MAX_MEMORY = 32_768;

    private final Meters meters;
    private final UsageLog log;
    private final Supplier<PriceList> prices;
    private final int maxRows;

    /** @param maxRows more combinations of function, platform and trigger are refused */
    public GetCosts(Meters meters, UsageLog log, Supplier<PriceList> prices, int maxRows) {
        this.meters = meters;
        this.log = log;
        this.prices = prices;
        this.maxRows = maxRows;
    }

    /**
     * The range.
     *
     * @param memoryMb the memory of an instance in mebibytes; 1024 when absent
     * @param offer only the prices of this offer; all when absent
     */
    public record Input(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Integer memoryMb,
            @Nullable String offer) {}

    /**
     * The costs in US dollars.
     *
     * @param memoryMb the memory that is priced
     */
    public record Costs(int memoryMb, List<FunctionCosts> functions) {}

    /**
     * The invocations of a function on a platform by one kind of trigger.
     *
     * @param function {@code none} for requests without a route
     * @param trigger {@code http}, {@code messages} or {@code schedule}
     * @param events the events of successful requests, and the messages; a file counts as one
     * @param milliseconds the durations, each rounded up to a millisecond
     * @param bytesOut the bytes of the response bodies
     */
    public record FunctionCosts(
            String function,
            String platform,
            String trigger,
            BigDecimal invocations,
            BigDecimal events,
            BigDecimal milliseconds,
            BigDecimal bytesOut,
            List<OfferCost> costs) {}

    /**
     * The cost at the prices of an offer.
     *
     * @param amount exact
     * @param perMillionEvents rounded to 12 decimals; absent without events
     */
    public record OfferCost(
            String offer,
            String region,
            String amount,
            @Nullable String perMillionEvents) {}

    @Override
    public Costs apply(Input input) {
        int memory = Objects.requireNonNullElse(input.memoryMb, DEFAULT_MEMORY);
        if (memory < MIN_MEMORY || memory > MAX_MEMORY) {
            throw Refusal.invalid("memoryMb must be from " + MIN_MEMORY + " to " + MAX_MEMORY + ": " + memory);
        }
        List<Offer> offers = offers(input.offer);
        var range = new Range(input.from, input.to);
        var sums = new TreeMap<String, Map<InvocationMeasure, UsageRow>>();
        for (InvocationMeasure measure : InvocationMeasure.values()) {
            for (UsageRow row : log.query(query(meter(measure), range), maxRows)) {
                sums.computeIfAbsent(String.join("\n", key(row)), key -> new EnumMap<>(InvocationMeasure.class))
                        .put(measure, row);
            }
        }
        return new Costs(
                memory,
                sums.values().stream().map(rows -> costs(rows, offers, memory)).toList());
    }

    private List<Offer> offers(@Nullable String name) {
        List<Offer> all = prices.get().offers();
        List<Offer> chosen = all.stream()
                .filter(offer -> name == null || offer.name().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            throw Refusal.invalid("offer must be one of "
                    + String.join(", ", all.stream().map(Offer::name).toList()) + ": "
                    + Refusal.quote(String.valueOf(name)));
        }
        return chosen;
    }

    private Meter meter(InvocationMeasure measure) {
        return meters.find(measure.meter())
                .filter(meter -> meter.eventType().equals(InvocationMeasure.EVENT_TYPE)
                        && meter.aggregation() == Aggregation.SUM
                        && meter.groupBy().keySet().containsAll(GROUPS))
                .orElseThrow(() -> Refusal.notFound("no invocations are metered: the meter " + measure.meter()
                        + " is missing; set odometer.self-metering.enabled to true"));
    }

    private static UsageQuery query(Meter meter, Range range) {
        return new UsageQuery(meter, range, null, ZoneOffset.UTC, null, null, false, false, GROUPS, Map.of());
    }

    private static List<String> key(UsageRow row) {
        return GROUPS.stream().map(key -> row.groupBy().getOrDefault(key, "")).toList();
    }

    private static FunctionCosts costs(Map<InvocationMeasure, UsageRow> rows, List<Offer> offers, int memory) {
        List<String> key = key(rows.values().iterator().next());
        var workload = new Workload(
                trigger(key.get(2)),
                value(rows, InvocationMeasure.INVOCATIONS),
                value(rows, InvocationMeasure.EVENTS),
                value(rows, InvocationMeasure.MILLISECONDS),
                value(rows, InvocationMeasure.MILLISECONDS_100),
                value(rows, InvocationMeasure.BYTES_OUT));
        return new FunctionCosts(
                key.get(0),
                key.get(1),
                key.get(2),
                workload.invocations(),
                workload.events(),
                workload.milliseconds(),
                workload.bytesOut(),
                offers.stream().map(offer -> cost(offer, workload, memory)).toList());
    }

    private static OfferCost cost(Offer offer, Workload workload, int memory) {
        BigDecimal amount = offer.cost(workload, memory);
        return new OfferCost(
                offer.name(),
                offer.region(),
                text(amount),
                PriceList.perMillionEvents(amount, workload.events())
                        .map(GetCosts::text)
                        .orElse(null));
    }

    private static String text(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal value(Map<InvocationMeasure, UsageRow> rows, InvocationMeasure measure) {
        UsageRow row = rows.get(measure);
        return row == null ? BigDecimal.ZERO : row.value();
    }

    /** Events of other sources may have any trigger. Like those of schedules, they are priced without a delivery. */
    private static Trigger trigger(String name) {
        return Arrays.stream(Trigger.values())
                .filter(trigger -> trigger.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElse(Trigger.SCHEDULE);
    }
}
