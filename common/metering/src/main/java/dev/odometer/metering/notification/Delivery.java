package dev.odometer.metering.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of a notification to one channel.
 *
 * @param reason the reason for the state, if it says more than the state
 * @param nextAttempt absent when no attempt is scheduled
 * @param attempts oldest first
 */
public record Delivery(
        Channel channel,
        State state,
        @Nullable String reason,
        @Nullable Instant nextAttempt,
        List<Attempt> attempts) {

    public Delivery {
        attempts = List.copyOf(attempts);
    }

    /** The states of a delivery, with the names of the API. */
    public enum State {
        /** Not attempted yet. */
        PENDING,
        /** Attempted, and scheduled for a retry. */
        SENDING,
        /** Scheduled again on request of a client. */
        RESENDING,
        SUCCESS,
        /** Failed permanently; no more attempts. */
        FAILED
    }
}
