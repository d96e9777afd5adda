package dev.odometer.metering.notification;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver a notification.
 *
 * @param statusCode the status of the response; absent without a response
 * @param body the response body, at most 1,024 characters, or the reason why there was no response
 * @param took the duration of the attempt
 * @param url the URL without user and query, or the e-mail address
 */
public record Attempt(
        boolean succeeded, Instant at, @Nullable Integer statusCode, String body, Duration took, String url) {

    private static final int MAX_BODY_LENGTH = 1024;
    private static final int MAX_URL_LENGTH = 2048;

    /** Truncates and sanitizes the text from the receiver, since it is stored and displayed. */
    public Attempt {
        body = cleaned(body, MAX_BODY_LENGTH);
        url = cleaned(url, MAX_URL_LENGTH);
    }

    /** Replaces control characters by spaces and unpaired surrogates by U+FFFD. */
    private static String cleaned(String text, int maxLength) {
        var clean = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (clean.length() + Character.charCount(codePoint) > maxLength) {
                break;
            }
            boolean unpaired = Character.getType(codePoint) == Character.SURROGATE;
            clean.appendCodePoint(unpaired ? 0xFFFD : Character.isISOControl(codePoint) ? ' ' : codePoint);
        }
        return clean.toString().strip();
    }
}
