package dev.odometer.api.functions.info;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/**
 * Refuses every id as unknown. A query is one statement of the database, which reports no progress, so no {@code
 * clientId} has any.
 */
public final class GetProgress implements Function<GetProgress.Input, GetProgress.View> {

    /** The {@code clientId} of a query. */
    public record Input(String id) {}

    /** The progress of a query, in the form that clients expect. */
    public record View(long success, long failed, long total, Instant updatedAt) {}

    @Override
    public View apply(Input input) {
        String id = Objects.requireNonNull(Bounds.text("id", input.id));
        throw Refusal.notFound("progress not found: " + Refusal.quote(id));
    }
}
