package dev.odometer.metering.notification;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends notifications to one kind of channel. Safe for concurrent use. */
public interface Courier {

    /** Whether it supports this kind of target. */
    boolean supports(Target target);

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
    record Outcome(Attempt attempt, FollowUp then, @Nullable Duration retryAfter) {

        /** A failure that a retry may resolve. */
        public static Outcome retry(Attempt attempt) {
            return new Outcome(attempt, FollowUp.RETRY, null);
        }
    }

    /** The next step after a failed attempt. */
    enum FollowUp {
        /** Retry with backoff. */
        RETRY,
        /** Give up: the receiver rejects this notification permanently. */
        GIVE_UP,
        /** Disable the channel: the receiver accepts no notifications any more. */
        DISABLE_CHANNEL
    }
}
