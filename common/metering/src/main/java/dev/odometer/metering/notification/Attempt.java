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

    private static final int LONGEST_BODY = 1024;
    private static final int LONGEST_URL = 2048;

    /** Cuts and cleans what others wrote: it is stored and shown. */
    public Attempt {
        body = cleaned(body, LONGEST_BODY);
        url = cleaned(url, LONGEST_URL);
    }

    /** Without control characters, which become spaces, and without halves of surrogate pairs. */
    private static String cleaned(String text, int longest) {
        var clean = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            if (clean.length() + Character.charCount(letter) > longest) {
                break;
            }
            boolean half = Character.getType(letter) == Character.SURROGATE;
            clean.appendCodePoint(half ? 0xFFFD : Character.isISOControl(letter) ? ' ' : letter);
        }
        return clean.toString().strip();
    }
}
