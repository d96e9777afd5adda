package dev.odometer.functions.file;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An open file. Reading throws {@link IOException} when the store fails.
 *
 * @param stream from the requested byte
 * @param version changes with the content: an ETag, a generation, a time
 * @param size of the whole file, in bytes
 * @param contentType absent where the store has none
 */
public record FileContent(
        InputStream stream,
        String version,
        long size,
        @Nullable String contentType) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
