package dev.odometer.metering.notification;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes notifications to receivers of one kind. Safe for concurrent use. */
public interface Courier {

    /** Whether it knows the way. */
    boolean knows(Target target);

    /** Tries once, for no longer than 15 s; whatever the receiver does is an outcome. */
    Outcome deliver(OutboundMessage outbound);

    /**
     * What is to be delivered.
     *
     * @param json the payload in UTF-8; the same bytes at each try
     * @param at the time of this try, which signatures carry
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never changed
    record OutboundMessage(Notification notification, Channel channel, byte[] json, Instant at) {}

    /**
     * What came of it.
     *
     * @param then what follows, unless it succeeded
     * @param retryAfter how long the receiver wants to be left alone, where it said so
     */
    record Outcome(Attempt attempt, Then then, @Nullable Duration retryAfter) {

        /** It may be otherwise the next time. */
        public static Outcome again(Attempt attempt) {
            return new Outcome(attempt, Then.AGAIN, null);
        }
    }

    /** What may follow from a try that failed. */
    enum Then {
        AGAIN,
        /** The receiver never takes this one. */
        NEVER,
        /** The receiver never takes anything. */
        GONE
    }
}
