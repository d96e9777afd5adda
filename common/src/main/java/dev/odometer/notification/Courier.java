package dev.odometer.notification;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes notifications to receivers of one kind. Safe for concurrent use. */
public interface Courier {

    /** Whether it knows the way. */
    boolean knows(Target target);

    /** Tries once, for no longer than 15 s; whatever the receiver does is an outcome. */
    Outcome deliver(Letter letter);

    /**
     * What is to be delivered.
     *
     * @param json the payload in UTF-8; the same bytes at each try
     * @param at the time of this try, which signatures carry
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never changed
    record Letter(Notification notification, Channel channel, byte[] json, Instant at) {}

    /**
     * What came of it.
     *
     * @param retryAfter how long the receiver wants to be left alone, where it said so
     * @param gone whether it wants nothing more, ever
     */
    record Outcome(Attempt attempt, @Nullable Duration retryAfter, boolean gone) {}
}
