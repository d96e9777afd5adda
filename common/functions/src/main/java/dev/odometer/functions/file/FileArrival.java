package dev.odometer.functions.file;

import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that lies complete in a store. Container, key and version together are its identity.
 *
 * @param container a bucket, a container or a folder
 * @param key the file's whole name in it, decoded
 * @param version what changes with the content: an ETag, a version id or a generation; absent where nobody says
 * @param size in bytes; absent where nobody says
 * @param arrivedAt when the store says it was complete
 */
public record FileArrival(
        String container,
        String key,
        @Nullable String version,
        @Nullable Long size,
        @Nullable Instant arrivedAt) {

    /** @throws Refusal without a container or a key: what was read from JSON may lack them */
    public FileArrival {
        if (container == null || container.isEmpty() || key == null || key.isEmpty()) {
            throw Refusal.invalid("container and key are required");
        }
    }
}
