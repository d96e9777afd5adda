package dev.odometer.metering.resource;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entity of the API with a lifecycle. A deleted resource can still be read by its id. */
public interface Resource {

    /** A ULID. */
    String id();

    Lifecycle lifecycle();

    default Instant createdAt() {
        return lifecycle().createdAt();
    }

    default Instant updatedAt() {
        return lifecycle().updatedAt();
    }

    default @Nullable Instant deletedAt() {
        return lifecycle().deletedAt();
    }

    default boolean isDeleted() {
        return lifecycle().isDeleted();
    }
}
