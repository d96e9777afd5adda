package dev.odometer.functions.file;

import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files in the buckets, containers or folders of one store. Writes are atomic: readers see a complete file or none.
 * Safe for concurrent use.
 */
public interface FileStore {

    /**
     * Opens a file from a byte offset. The content is streamed, never loaded into memory as a whole.
     *
     * @param version the required version; absent for the current one
     * @param from the offset of the first byte, from 0; the stream is empty at or past the end
     * @throws Refusal NOT_FOUND when there is no such file or it now has another version; INVALID when the store cannot
     *     have such a name or denies access; UNAVAILABLE when the store does not respond
     */
    FileContent open(FileName name, @Nullable String version, long from);

    /**
     * Writes a file, and replaces an existing one.
     *
     * @param contentType a media type, for stores that keep it
     * @throws Refusal like {@link #open}. Exceptions of {@code content} are rethrown, and nothing is written
     */
    void write(FileName name, String contentType, Content content);

    /**
     * Deletes a file. Without effect if it does not exist.
     *
     * @throws Refusal INVALID or UNAVAILABLE, like {@link #open}
     */
    void delete(FileName name);

    /** Writes the content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
