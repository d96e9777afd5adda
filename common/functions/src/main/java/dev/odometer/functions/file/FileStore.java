package dev.odometer.functions.file;

import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files in the buckets, containers or folders of one store. What is read is complete, and what is written is seen
 * complete or not at all. Safe for concurrent use.
 */
public interface FileStore {

    /**
     * Opens a file's content from a byte on. The content is read as it is used, never whole into memory.
     *
     * @param version of which the content has to be; absent for whatever is there
     * @param from the first byte, from 0; one behind the end gives nothing
     * @throws Refusal NOT_FOUND when there is no such file or it has another version by now; INVALID when the name can be
     *     no file's or it may not be read; UNAVAILABLE when the store does not answer
     */
    FileContent open(FileName name, @Nullable String version, long from);

    /**
     * Writes a file, in the place of one of that name if there is one.
     *
     * @param contentType a media type, for stores that keep it
     * @throws Refusal as {@link #open} does, and whatever {@code content} throws, with nothing written
     */
    void write(FileName name, String contentType, Content content);

    /** What writes a file's content. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
