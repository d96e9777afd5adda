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
import dev.odometer.metering.usage.UsageLog;
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
import java.util.function.Supplier;

/**
 * Usage as files, one per meter, streamed as it is read: memory holds a bounded number of rows, regardless of the
 * number of subjects and windows. Values keep all their digits.
 */
public final class UsageFiles {

    private static final List<String> COLUMNS = List.of("meter", "window_start", "window_end", "subject", "value");
    /** The rows in memory. */
    private static final int MAX_ROWS = 40_000;
    /** The time that must be left for another query and for stopping. */
    private static final Duration MIN_TIME = Duration.ofSeconds(1);

    private final UsageLog log;
    private final Supplier<FileStore> store;
    private final Supplier<Documents> documents;
    private final Clock clock;
    private final Destination destination;
    private final int maxRows;

    /**
     * @param store resolved only when there is something to write, like {@code documents}, because connecting takes
     *     time
     */
    public UsageFiles(
            UsageLog log,
            Supplier<FileStore> store,
            Supplier<Documents> documents,
            Clock clock,
            Destination destination) {
        this(log, store, documents, clock, destination, MAX_ROWS);
    }

    UsageFiles(
            UsageLog log,
            Supplier<FileStore> store,
            Supplier<Documents> documents,
            Clock clock,
            Destination destination,
            int maxRows) {
        this.log = log;
        this.store = store;
        this.documents = documents;
        this.clock = clock;
        this.destination = destination;
        this.maxRows = maxRows;
    }

    /**
     * The destination of the files.
     *
     * @param prefix prepended to every name; it includes its own slash, if any
     * @param neutralizesFormulas whether CSV must be safe to open in a spreadsheet, at the price that a cell that begins
     *     like a formula is changed
     */
    public record Destination(String container, String prefix, boolean neutralizesFormulas) {}

    /** A line of NDJSON. */
    record Line(String meter, Instant windowStart, Instant windowEnd, String subject, BigDecimal value) {}

    static boolean hasTime(Deadline deadline) {
        return deadline.hasAtLeast(MIN_TIME);
    }

    static void checkTime(Deadline deadline) {
        if (!hasTime(deadline)) {
            throw Refusal.unavailable("no time is left to write all exports", new IllegalStateException());
        }
    }

    /**
     * Replaces a previous file of the same name. Its content is the same unless late-arriving usage was counted since.
     */
    ExportedFile write(ExportRequest request, Meter meter, Deadline deadline) {
        var name = new FileName(destination.container, destination.prefix + request.fileOf(meter.slug()));
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
            var parts = new UsageParts(log, request, meter, maxRows);
            while (parts.hasNext()) {
                checkTime(deadline);
                List<UsageRow> part = parts.next();
                for (UsageRow row : part) {
                    out.write(line(row));
                }
                rows += part.size();
            }
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
                String line =
                        destination.neutralizesFormulas ? Rfc4180.lineWithoutFormulas(cells) : Rfc4180.line(cells);
                return line.getBytes(StandardCharsets.UTF_8);
            }
            byte[] json = documents.get().write(new Line(meter.slug(), start, end, subject, row.value()));
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        }
    }
}
