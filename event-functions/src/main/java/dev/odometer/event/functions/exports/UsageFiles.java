package dev.odometer.event.functions.exports;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.Rfc4180;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.ExportedFile;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Usage as files, a meter each, written as it is read: a window of all subjects, or a few windows of few, is in memory at
 * a time. Values have all their digits.
 */
public final class UsageFiles {

    private static final List<String> COLUMNS = List.of("meter", "window_start", "window_end", "subject", "value");
    /** In windows for one question: as many as give it something to do, and few where there are many subjects. */
    private static final int MAX_WINDOWS = 24;

    private static final int FEW = 2_000;
    private static final int MANY = 20_000;
    /** For one more question and what it takes to stop. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final UsageLog log;
    private final Supplier<FileStore> store;
    private final Supplier<Documents> documents;
    private final Clock clock;
    private final Place place;

    /** @param store asked for when there is something to write, as is {@code documents}: to connect takes its time */
    public UsageFiles(
            UsageLog log, Supplier<FileStore> store, Supplier<Documents> documents, Clock clock, Place place) {
        this.log = log;
        this.store = store;
        this.documents = documents;
        this.clock = clock;
        this.place = place;
    }

    /**
     * Where the files go.
     *
     * @param prefix before every name, with its own slash if it is to have one
     */
    public record Place(String container, String prefix) {}

    /** A line of NDJSON. */
    record Line(String meter, Instant windowStart, Instant windowEnd, String subject, BigDecimal value) {}

    static boolean hasTime(Deadline deadline) {
        return deadline.leaves(LEAST);
    }

    static void checkTime(Deadline deadline) {
        if (!hasTime(deadline)) {
            throw Refusal.unavailable("there was no time left for all exports", new IllegalStateException());
        }
    }

    /** Whoever was there before is replaced, by the same as far as no usage came late. */
    ExportedFile write(ExportRequest request, Meter meter, Deadline deadline) {
        var name = new FileName(place.container, place.prefix + request.fileOf(meter.slug()));
        Instant countedUntil = clock.instant();
        var content = new Content(request, meter, deadline);
        store.get().write(name, request.format().mediaType(), content);
        return new ExportedFile(meter.slug(), name, content.rows, countedUntil);
    }

    private final class Content implements FileStore.Content {

        private final ExportRequest request;
        private final Meter meter;
        private final Deadline deadline;
        private long rows;

        Content(ExportRequest request, Meter meter, Deadline deadline) {
            this.request = request;
            this.meter = meter;
            this.deadline = deadline;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            rows = 0;
            if (request.format() == Format.CSV) {
                out.write(Rfc4180.line(COLUMNS).getBytes(StandardCharsets.UTF_8));
            }
            int windows = 1;
            Instant from = request.from();
            while (from.isBefore(request.to())) {
                checkTime(deadline);
                Instant to = end(from, windows);
                List<UsageRow> piece = log.query(query(new Range(from, to)));
                for (UsageRow row : piece) {
                    out.write(line(row));
                }
                rows += piece.size();
                windows = next(windows, piece.size());
                from = to;
            }
        }

        /** Where so many windows end, or the period. */
        private Instant end(Instant from, int windows) {
            Instant end = from;
            for (int i = 0; i < windows && end.isBefore(request.to()); i++) {
                end = request.windowSize().containing(end, request.zone()).end();
            }
            return end.isBefore(request.to()) ? end : request.to();
        }

        private int next(int windows, int count) {
            if (count > MANY) {
                return Math.max(1, windows / 2);
            }
            return count < FEW ? Math.min(2 * windows, MAX_WINDOWS) : windows;
        }

        private UsageQuery query(Range range) {
            return new UsageQuery(
                    meter, range, request.windowSize(), request.zone(), null, null, true, false, List.of(), Map.of());
        }

        private byte[] line(UsageRow row) throws IOException {
            String subject = row.subject() == null ? "" : row.subject();
            Instant start = row.window().start();
            Instant end = row.window().end();
            if (request.format() == Format.CSV) {
                List<String> cells = List.of(
                        meter.slug(),
                        start.toString(),
                        end.toString(),
                        subject,
                        row.value().toPlainString());
                return Rfc4180.line(cells).getBytes(StandardCharsets.UTF_8);
            }
            byte[] json = documents.get().write(new Line(meter.slug(), start, end, subject, row.value()));
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        }
    }
}
