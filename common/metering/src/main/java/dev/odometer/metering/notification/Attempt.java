package dev.odometer.metering.notification;

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
        boolean succeeded, Instant at, @Nullable Integer statusCode, String body, Duration took, String url) {

    private static final int MAX_BODY_LENGTH = 1024;
    private static final int MAX_URL_LENGTH = 2048;

    /** Cuts and cleans what others wrote: it is stored and shown. */
    public Attempt {
        body = cleaned(body, MAX_BODY_LENGTH);
        url = cleaned(url, MAX_URL_LENGTH);
    }

    /** Without control characters, which become spaces, and without halves of surrogate pairs. */
    private static String cleaned(String text, int longest) {
        var clean = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int outbound = text.codePointAt(i);
            i += Character.charCount(outbound);
            if (clean.length() + Character.charCount(outbound) > longest) {
                break;
            }
            boolean half = Character.getType(outbound) == Character.SURROGATE;
            clean.appendCodePoint(half ? 0xFFFD : Character.isISOControl(outbound) ? ' ' : outbound);
        }
        return clean.toString().strip();
    }
}
