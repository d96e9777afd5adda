package dev.odometer.functions.file;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being read. Reading throws {@link IOException} when the store fails in between.
 *
 * @param stream from the byte that was asked for
 * @param version what changes with the content: an ETag, a generation, a time
 * @param size of the whole file, in bytes
 * @param contentType as the store keeps it; absent where it keeps none
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
