package dev.odometer.functions.file;

import dev.odometer.functions.refusal.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Files in memory. Passes {@link FileStoreContract}. */
public final class InMemoryFileStore implements FileStore {

    private final Map<FileName, Stored> files = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(
            byte[] content, String version, @Nullable String contentType) {}

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        Stored stored = files.get(name);
        if (stored == null || (version != null && !version.equals(stored.version))) {
            throw Refusal.notFound("there is no such file: " + Refusal.quote(name.key()));
        }
        InputStream stream = new ByteArrayInputStream(stored.content);
        stream = skipped(stream, from);
        return new FileContent(stream, stored.version, stored.content.length, stored.contentType);
    }

    private static InputStream skipped(InputStream stream, long bytes) {
        try {
            stream.skip(bytes);
            return stream;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        var out = new ByteArrayOutputStream();
        try {
            content.writeTo(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        put(name, out.toByteArray(), contentType);
    }

    /** Writes a file like an external producer. */
    public void put(FileName name, byte[] content, @Nullable String contentType) {
        files.put(name, new Stored(content.clone(), "v" + versions.incrementAndGet(), contentType));
    }

    @Override
    public void delete(FileName name) {
        files.remove(name);
    }

    /** The names of all files, in no order. */
    public List<FileName> names() {
        return List.copyOf(files.keySet());
    }

    /** The whole file as text, if it exists. */
    public Optional<String> text(FileName name) {
        return Optional.ofNullable(files.get(name)).map(stored -> new String(stored.content, StandardCharsets.UTF_8));
    }
}
