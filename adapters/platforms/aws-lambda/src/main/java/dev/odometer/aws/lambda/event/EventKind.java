package dev.odometer.aws.lambda.event;

import dev.odometer.functions.binding.Deadline;
import tools.jackson.databind.JsonNode;

/** A kind of event that Lambda delivers: recognizes and handles its events. Thread-safe. */
public interface EventKind {

    /** Checks members that events of this kind always have, and those of other kinds never have. */
    boolean matches(JsonNode event);

    /**
     * Handles the event and returns the response, in the source's format; empty if the source reads none.
     *
     * @throws RuntimeException when that is the source's only signal for a redelivery
     */
    byte[] handle(JsonNode event, Deadline deadline);

    /** Warm-up: runs the code that an event would run, without effect. */
    default void warmUp() {}
}
