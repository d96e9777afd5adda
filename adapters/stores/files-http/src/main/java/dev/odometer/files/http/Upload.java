package dev.odometer.files.http;

import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;

/** An upload of a file in parts. The file is not visible before the upload is finished. */
public interface Upload {

    /** Sends a full part that is not the last. The caller reuses the array afterwards. */
    void part(byte[] bytes, int length) throws IOException;

    /** Sends the last part, which is empty only for an empty file, and makes the file visible. */
    void finish(byte[] bytes, int length) throws IOException;

    /** Deletes the parts sent so far, if the store supports it. Must not throw. */
    void abort();

    /**
     * Writes a file, and aborts the upload if it fails.
     *
     * @param partBytes the size of a part, and the maximum that is kept in memory
     * @throws Refusal UNAVAILABLE when the content cannot be read or the store cannot be written; unchecked exceptions
     *     of the content are passed on
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
