package dev.odometer.event.functions.exports;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Requests an export of all meters for each of the last days. A day that already has an export is skipped, so a night
 * that was missed is made up for.
 */
public final class RequestExports implements Consumer<Tick> {

    private final Exports exports;
    private final Supplier<String> ids;
    private final Clock clock;
    private final Supplier<WakeUp> writer;
    private final Days days;

    /**
     * @param writer the timer that wakes the writing of exports; throws a {@code Refusal} where exports are not set up
     */
    public RequestExports(Exports exports, Supplier<String> ids, Clock clock, Supplier<WakeUp> writer, Days days) {
        this.exports = exports;
        this.ids = ids;
        this.clock = clock;
        this.writer = writer;
        this.days = days;
    }

    /**
     * The days to export.
     *
     * @param count number of days, counted back from yesterday; 0 to 31
     * @param zone the time zone of the days
     */
    public record Days(int count, ZoneId zone, WindowSize windowSize, Format format) {

        /** @throws StartRefusal for a count that is not 0 to 31 */
        public Days {
            if (count < 0 || count > 31) {
                throw new StartRefusal("odometer.exports.days must be 0 to 31: " + count);
            }
        }

        private ExportRequest request(LocalDate day) {
            return new ExportRequest(start(day), start(day.plusDays(1)), windowSize, zone, List.of(), format, 0);
        }

        private Instant start(LocalDate day) {
            return day.atStartOfDay(zone).toInstant();
        }

        private boolean exists(LocalDate day) {
            return start(day).isBefore(start(day.plusDays(1)));
        }
    }

    @Override
    public void accept(Tick tick) {
        WakeUp timer = writer.get();
        LocalDate today = tick.due().atZone(days.zone).toLocalDate();
        for (int back = 1; back <= days.count; back++) {
            LocalDate day = today.minusDays(back);
            // A zone that moves across the date line skips a whole day.
            if (days.exists(day)) {
                exports.add(Export.of(ids.get(), days.request(day), clock.instant()));
            }
        }
        timer.wake("runExports");
    }
}
