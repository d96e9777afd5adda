package dev.odometer.functions.file;

import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification that a complete file is in a store. Identified by (container, key, version).
 *
 * @param container a bucket, a container or a folder
 * @param key the full name in the container, URL-decoded
 * @param version changes with the content: an ETag, a version id or a generation; absent if the store does not report
 *     it
 * @param size in bytes; absent if the store does not report it
 * @param arrivedAt when the file was complete, as reported by the store
 */
public record FileArrival(
        String container,
        String key,
        @Nullable String version,
        @Nullable Long size,
        @Nullable Instant arrivedAt) {

    /** @throws Refusal INVALID without a container or a key; a decoder may leave them out */
    public FileArrival {
        if (container == null || container.isEmpty() || key == null || key.isEmpty()) {
            throw Refusal.invalid("container and key are required");
        }
    }
}
