package dev.odometer.metering.resource;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a resource was created, last changed and deleted.
 *
 * @param deletedAt absent while the resource is live
 */
public record Lifecycle(
        Instant createdAt, Instant updatedAt, @Nullable Instant deletedAt) {

    /** A new resource. */
    public static Lifecycle created(Instant at) {
        return new Lifecycle(at, at, null);
    }

    public Lifecycle changed(Instant at) {
        return new Lifecycle(createdAt, at, deletedAt);
    }

    /** Deletion is a change too. */
    public Lifecycle deleted(Instant at) {
        return new Lifecycle(createdAt, at, at);
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }
}
