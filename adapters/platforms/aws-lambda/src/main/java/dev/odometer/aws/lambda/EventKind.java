package dev.odometer.aws.lambda;

import dev.odometer.functions.binding.Deadline;
import tools.jackson.databind.JsonNode;

/** A kind of event that Lambda delivers: how to tell it from the others, and what to do with it. Thread-safe. */
public interface EventKind {

    /** Looks at members that this kind always has and no other kind has; never guesses. */
    boolean matches(JsonNode event);

    /**
     * The whole answer as bytes, in the form that the source reads; empty for a source that reads none.
     *
     * @throws RuntimeException when the source has no other way to learn that something is to be delivered again
     */
    byte[] handle(JsonNode event, Deadline deadline);

    /** Runs what the first event would run for the first time, without effect. */
    default void prime() {}
}
