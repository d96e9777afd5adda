package dev.odometer.metering.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a notification is with one channel.
 *
 * @param reason why it is as it is, where that says more than the state
 * @param nextAttempt absent when there is none
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

    /** As the wire API has them. */
    public enum State {
        /** Not tried yet. */
        PENDING,
        /** Tried, and to be tried again. */
        SENDING,
        /** To be tried again because somebody asked for it. */
        RESENDING,
        SUCCESS,
        /** Given up. */
        FAILED
    }
}
