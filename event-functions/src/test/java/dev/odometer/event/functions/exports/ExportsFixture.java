package dev.odometer.event.functions.exports;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.file.InMemoryFileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.InMemoryExports;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In-memory meters, usage and file store. Writing a file takes 10 seconds of the simulated time. */
final class ExportsFixture implements FileStore {

    static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");
    static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration WRITE_TIME = Duration.ofSeconds(10);

    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final InMemoryMeters meters = new InMemoryMeters();
    final InMemoryUsageLog log = new InMemoryUsageLog(clock);
    final InMemoryExports exports = new InMemoryExports();
    final InMemoryFileStore files = new InMemoryFileStore();
    private final RunExports runExports = new RunExports(
            exports,
            meters,
            new UsageFiles(
                    log, () -> this, NoDocuments::new, clock, new UsageFiles.Destination("bucket", "usage/", true)),
            clock);

    /** Thrown by writes while it is set. */
    @Nullable
    RuntimeException failure;

    /** The simulated time that passes with each check of the deadline. */
    Duration timePerCheck = Duration.ZERO;

    private long nanos;
    private int count;

    /** Unused: exports are CSV. */
    private static final class NoDocuments implements Documents {
        @Override
        public <T> T event(byte[] json, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void check(byte[] json) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] write(Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, @Nullable Object> tree(Object value) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        return files.open(name, version, from);
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        if (failure != null) {
            throw failure;
        }
        files.write(name, contentType, content);
        nanos += WRITE_TIME.toNanos();
    }

    @Override
    public void delete(FileName name) {
        files.delete(name);
    }

    Meter meter(String slug) {
        Meter meter = new MeterDraft(slug, null, null, null, Aggregation.SUM, "prompt", null, "$.tokens", Map.of())
                .toMeter(id(), FROM);
        meters.add(meter);
        return meter;
    }

    private String id() {
        return "01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(count++);
    }

    void used(String subject, String time, Object tokens) {
        log.append(List.of(new UsageEvent(
                "1.0", id(), "chat", "prompt", subject, Instant.parse(time), null, null, Map.of("tokens", tokens))));
    }

    /** Requests 1 November by hour, as CSV. */
    Export request(int revision, String... slugs) {
        return request(new ExportRequest(
                FROM, FROM.plusSeconds(86_400), WindowSize.HOUR, ZoneOffset.UTC, List.of(slugs), Format.CSV, revision));
    }

    Export request(ExportRequest request) {
        return exports.add(Export.of(id(), request, NOW));
    }

    void run() {
        run(Duration.ofMinutes(10));
    }

    void run(Duration left) {
        runExports.accept(
                new Timed<>(new Tick("runExports", NOW), Deadline.in(left, () -> nanos += timePerCheck.toNanos())));
    }

    /**
     * Runs until no export is pending, as a platform does.
     *
     * @return the number of refused calls
     */
    int runsUntilDone(Duration each) {
        int refusals = 0;
        while (exports.nextPending().isPresent()) {
            try {
                run(each);
            } catch (Refusal again) {
                refusals++;
            }
        }
        return refusals;
    }

    Export current(Export export) {
        return exports.find(export.id()).orElseThrow();
    }

    Optional<String> file(Export export, String meter) {
        return files.text(new FileName("bucket", "usage/" + export.request().fileOf(meter)));
    }
}
