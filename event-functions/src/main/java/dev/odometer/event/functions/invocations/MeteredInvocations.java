package dev.odometer.event.functions.invocations;

import dev.odometer.functions.invocation.InvocationLog;
import dev.odometer.functions.invocation.InvocationTotals;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.cost.InvocationMeasure;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records invocation totals as usage events, directly in the usage log, so that recording them is not an invocation.
 * The first call of a process also creates the missing meters.
 */
public final class MeteredInvocations implements InvocationLog {

    private static final String SOURCE = "odometer";

    private final UsageLog log;
    private final Meters meters;
    private final Supplier<String> ids;
    private final Clock clock;
    private final Origin origin;
    private boolean hasMeters;

    /** @param ids creates ids of meters */
    public MeteredInvocations(UsageLog log, Meters meters, Supplier<String> ids, Clock clock, Origin origin) {
        this.log = log;
        this.meters = meters;
        this.ids = ids;
        this.clock = clock;
        this.origin = origin;
    }

    /**
     * What the events say of this deployment.
     *
     * @param subject the subject of all events; absent if it is the name of the function
     */
    public record Origin(String platform, Optional<String> subject) {}

    @Override
    public void append(List<InvocationTotals> totals) {
        if (!hasMeters) {
            addMeters();
            hasMeters = true;
        }
        log.append(totals.stream().map(this::event).toList());
    }

    private void addMeters() {
        for (InvocationMeasure measure : InvocationMeasure.values()) {
            if (meters.find(measure.meter()).isEmpty()) {
                add(measure);
            }
        }
    }

    private void add(InvocationMeasure measure) {
        try {
            meters.add(measure.draft().toMeter(ids.get(), clock.instant()));
        } catch (Refusal refusal) {
            // Another process created it concurrently.
            if (refusal.kind() != RefusalKind.CONFLICT) {
                throw refusal;
            }
        }
    }

    private UsageEvent event(InvocationTotals totals) {
        Map<String, @Nullable Object> data = Map.of(
                InvocationMeasure.FUNCTION,
                totals.function(),
                InvocationMeasure.PLATFORM,
                origin.platform,
                InvocationMeasure.TRIGGER,
                totals.trigger().name().toLowerCase(Locale.ROOT),
                "bytesIn",
                BigDecimal.valueOf(totals.bytesIn()),
                InvocationMeasure.INVOCATIONS.member(),
                BigDecimal.valueOf(totals.invocations()),
                InvocationMeasure.EVENTS.member(),
                BigDecimal.valueOf(totals.events()),
                InvocationMeasure.MILLISECONDS.member(),
                BigDecimal.valueOf(totals.milliseconds()),
                InvocationMeasure.MILLISECONDS_100.member(),
                BigDecimal.valueOf(totals.milliseconds100()),
                InvocationMeasure.BYTES_OUT.member(),
                BigDecimal.valueOf(totals.bytesOut()));
        return new UsageEvent(
                "1.0",
                totals.id(),
                SOURCE,
                InvocationMeasure.EVENT_TYPE,
                origin.subject.orElse(totals.function()),
                totals.from(),
                "application/json",
                null,
                data);
    }
}
