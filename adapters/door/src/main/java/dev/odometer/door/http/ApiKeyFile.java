package dev.odometer.door.http;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API keys in a file, which may change while the service runs. A request reads it again if the last time is at least
 * five seconds ago; it is small, and its content tells a change reliably, also when a symbolic link is replaced, as
 * Kubernetes does for secrets. A file that is absent, malformed or without an entry changes nothing and logs one error.
 */
final class ApiKeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyFile.class);
    private static final String SETTING = "odometer.api-keys-file";
    private static final long PERIOD_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MAX_BYTES = 1024 * 1024;

    private final Path path;
    private final LongSupplier nanos;
    private final AtomicLong lastRead;
    private volatile List<ApiKey> keys;
    private byte[] content = {};
    private boolean failed;

    /** @throws StartRefusal when the file is absent, malformed or without an entry */
    ApiKeyFile(Path path, LongSupplier nanos) {
        this.path = path;
        this.nanos = nanos;
        this.lastRead = new AtomicLong(nanos.getAsLong());
        this.keys = read();
    }

    List<ApiKey> keys() {
        long last = lastRead.get();
        long now = nanos.getAsLong();
        if (Math.abs(now - last) >= PERIOD_NANOS && lastRead.compareAndSet(last, now)) {
            refresh();
        }
        return keys;
    }

    private synchronized void refresh() {
        try {
            keys = read();
            failed = false;
        } catch (StartRefusal broken) {
            if (!failed) {
                LOG.error("{} The previous API keys stay in effect.", broken.getMessage());
            }
            failed = true;
        }
    }

    private List<ApiKey> read() {
        byte[] bytes = bytes();
        if (bytes.length > 0 && Arrays.equals(bytes, content)) {
            return keys;
        }
        List<ApiKey> parsed = ApiKey.parse(SETTING, new String(bytes, StandardCharsets.UTF_8));
        if (parsed.isEmpty()) {
            throw new StartRefusal(SETTING + ": the file has no entry: " + path);
        }
        content = bytes;
        return parsed;
    }

    private byte[] bytes() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new StartRefusal(SETTING + ": the file is larger than 1 MiB: " + path);
            }
            return bytes;
        } catch (IOException unreadable) {
            throw new StartRefusal(SETTING + ": the file cannot be read: " + unreadable);
        }
    }
}
