package dev.odometer.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of that name (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /** How long to wait, at most a day; absent when it says nothing that can be read, or is over. */
    static @Nullable Duration of(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        Duration wait = wait(header.strip(), now);
        if (wait == null || wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration wait(String value, Instant now) {
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException none) {
            return null;
        }
    }
}
