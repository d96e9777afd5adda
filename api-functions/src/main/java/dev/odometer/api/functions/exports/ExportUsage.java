package dev.odometer.api.functions.exports;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests an export of usage, which is written later. The same request returns the same export in its current state; a
 * failed export is retried.
 */
public final class ExportUsage implements Function<ExportUsage.Input, ExportView> {

    private static final int MAX_METERS = 100;

    private final Exports exports;
    private final MeterLookup meters;
    private final Supplier<String> ids;
    private final Clock clock;
    private final Supplier<WakeUp> writer;

    /**
     * @param writer the timer that wakes the writing of exports; throws a {@code Refusal} where exports are not set up
     */
    public ExportUsage(
            Exports exports, MeterLookup meters, Supplier<String> ids, Clock clock, Supplier<WakeUp> writer) {
        this.exports = exports;
        this.meters = meters;
        this.ids = ids;
        this.clock = clock;
        this.writer = writer;
    }

    /**
     * The request.
     *
     * @param windowSize DAY when absent
     * @param windowTimeZone an IANA name; UTC when absent
     * @param meters ids or slugs; all when absent
     * @param format CSV when absent
     * @param revision 0 when absent; a different one exports the same usage again
     */
    public record Input(
            @Required @Nullable Instant from,
            @Required @Nullable Instant to,
            @Nullable WindowSize windowSize,
            @Nullable String windowTimeZone,
            @Nullable List<@Nullable String> meters,
            @Nullable Format format,
            @Nullable Integer revision) {}

    @Override
    public ExportView apply(Input input) {
        WakeUp timer = writer.get();
        Instant now = clock.instant();
        ExportRequest request = request(input);
        if (request.to().isAfter(now)) {
            throw Refusal.invalid("to must not be in the future: " + request.to());
        }
        Export export = exports.add(Export.of(ids.get(), request, now));
        if (export.status() == Export.Status.FAILED) {
            export = export.restarted();
            exports.replace(export);
        }
        if (export.status() == Export.Status.PENDING) {
            timer.wake("runExports");
        }
        return ExportView.of(export);
    }

    private ExportRequest request(Input input) {
        return new ExportRequest(
                required("from", input.from),
                required("to", input.to),
                Objects.requireNonNullElse(input.windowSize, WindowSize.DAY),
                Bounds.zone(input.windowTimeZone),
                Bounds.texts("meters", input.meters, MAX_METERS).stream()
                        .map(meters::live)
                        .map(Meter::slug)
                        .toList(),
                Objects.requireNonNullElse(input.format, Format.CSV),
                Objects.requireNonNullElse(input.revision, 0));
    }

    private static Instant required(String field, @Nullable Instant time) {
        if (time == null) {
            throw Refusal.invalid(field + " is required");
        }
        return time;
    }
}
