package dev.odometer.metering.notification;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends notifications to one kind of channel. Safe for concurrent use. */
public interface Courier {

    /** Whether it supports this kind of target. */
    boolean knows(Target target);

    /** Makes one attempt of at most 15 s. Failures of the receiver are outcomes, not exceptions. */
    Outcome deliver(OutboundMessage outbound);

    /**
     * A message to a channel.
     *
     * @param json the payload in UTF-8; the same bytes in each attempt
     * @param at the time of this attempt, which is part of signatures
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never modified
    record OutboundMessage(Notification notification, Channel channel, byte[] json, Instant at) {}

    /**
     * The result of an attempt.
     *
     * @param then the next step after a failure
     * @param retryAfter the minimum pause before the next attempt, if the receiver requests one
     */
    record Outcome(Attempt attempt, Then then, @Nullable Duration retryAfter) {

        /** A failure that a retry may resolve. */
        public static Outcome again(Attempt attempt) {
            return new Outcome(attempt, Then.AGAIN, null);
        }
    }

    /** The next step after a failed attempt. */
    enum Then {
        /** Retry with backoff. */
        AGAIN,
        /** Give up: the receiver rejects this notification permanently. */
        NEVER,
        /** Disable the channel: the receiver accepts no notifications any more. */
        GONE
    }
}
