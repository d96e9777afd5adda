package dev.odometer.files.http;

import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;

/** A file on its way into a store, part by part; nobody sees it before it is finished. */
public interface Upload {

    /** Takes a full part, which is not the last. The array is used again afterwards. */
    void part(byte[] bytes, int length) throws IOException;

    /** Takes the last part, which is empty for an empty file only, and makes the file be there. */
    void finish(byte[] bytes, int length) throws IOException;

    /** Forgets what has been taken, as far as the store lets it. */
    void abort();

    /**
     * Writes a file.
     *
     * @param partBytes how much of it is in memory at most
     * @throws Refusal UNAVAILABLE when the store or the content cannot be read or written; and whatever the content throws
     */
    static void write(Upload upload, int partBytes, FileStore.Content content, String key) {
        boolean complete = false;
        try {
            var stream = new PartStream(partBytes, upload);
            content.writeTo(stream);
            stream.finish();
            complete = true;
        } catch (IOException failure) {
            throw HttpStore.unavailable(key, failure);
        } finally {
            if (!complete) {
                upload.abort();
            }
        }
    }
}
