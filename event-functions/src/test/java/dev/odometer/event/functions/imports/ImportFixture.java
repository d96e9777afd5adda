package dev.odometer.event.functions.imports;

import dev.odometer.door.event.EventDocuments;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.file.InMemoryFileStore;
import dev.odometer.metering.imports.ImportSearch;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.InMemoryImports;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageEvent;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A container with files, and the dependencies of importing them, in memory. */
public final class ImportFixture {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String CONTAINER = "inbox";

    final Clock clock = new AdvancingClock();
    final InMemoryFileStore files = new InMemoryFileStore();
    final InMemoryUsageLog log = new InMemoryUsageLog(clock);
    public final Map<String, String> settings = new HashMap<>(Map.of(
            "odometer.imports.profiles", "calls",
            "odometer.imports.profile.calls.files", "inbox/**",
            "odometer.imports.profile.calls.id", "id",
            "odometer.imports.profile.calls.subject", "who",
            "odometer.imports.profile.calls.time", "when",
            "odometer.imports.profile.calls.type", "call",
            "odometer.imports.profile.calls.data", "tokens:number, model, ok:boolean"));
    Imports imports = new InMemoryImports(log);
    FileStore store = files;

    /** Advances by a millisecond per reading, so that later imports have later times. */
    private static final class AdvancingClock extends Clock {

        private final AtomicLong readings = new AtomicLong();

        @Override
        public Instant instant() {
            return NOW.plusMillis(readings.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static FileName name(String key) {
        return new FileName(CONTAINER, key);
    }

    public ImportFixture setting(String name, String value) {
        settings.put("odometer.imports." + name, value);
        return this;
    }

    void put(String key, byte[] content) {
        files.put(name(key), content, null);
    }

    void put(String key, String content) {
        put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    void arrive(String key, Deadline deadline) {
        var source = new ImportSource(store, new EventDocuments(new Json()), ImportSettings.from(settings::get), clock);
        new ImportUsageFile(source, imports)
                .accept(new Timed<>(new FileArrival(CONTAINER, key, null, null, null), deadline));
    }

    /** Stores the file and handles its arrival. */
    UsageImport imported(String key, byte[] content) {
        put(key, content);
        arrive(key, Deadline.NONE);
        return last();
    }

    public UsageImport imported(String key, String content) {
        return imported(key, content.getBytes(StandardCharsets.UTF_8));
    }

    List<UsageImport> all() {
        return imports.list(new ImportSearch(null, new PageRequest(1, 100))).items();
    }

    UsageImport last() {
        return all().get(0);
    }

    public List<UsageEvent> events() {
        return log.list(new EventSearch(null, null, null, null, null, null, null, null, 100_000)).stream()
                .map(recorded -> recorded.event())
                .toList();
    }

    @Nullable
    public String rejected(String key) {
        return files.text(name(key + ".rejected.ndjson")).orElse(null);
    }

    /** One event on a line. */
    static String line(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"api\",\"type\":\"call\",\"subject\":\"acme\","
                + "\"time\":\"2026-01-01T00:00:00Z\",\"data\":{\"tokens\":1}}\n";
    }

    static String lines(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(line("event-" + i));
        }
        return lines.toString();
    }

    static byte[] gzip(byte[] content) {
        return packed(content, GZIPOutputStream::new);
    }

    static byte[] zstd(byte[] content) {
        return packed(content, ZstdOutputStream::new);
    }

    interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] content, Packer packer) {
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = packer.over(packed)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }
}
