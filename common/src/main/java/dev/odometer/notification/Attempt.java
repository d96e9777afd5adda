package dev.odometer.notification;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try to deliver.
 *
 * @param statusCode what the receiver answered; absent when it did not
 * @param body what it said, at most 1,024 characters; or why there was no answer
 * @param url where to, without user and query; a mailbox for e-mail
 */
public record Attempt(
        boolean succeeded, Instant at, @Nullable Integer statusCode, String body, Duration took, String url) {}
