package dev.odometer.door.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as RFC 3339 writes them: date, time with seconds, at most nine digits of fraction, and an offset; years 0000 to
 * 9999, {@code T} and {@code Z} in either case. A leap second is no time that Java could name, so it is none here.
 */
final class Rfc3339 {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)[Tt](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?(?:[Zz]|([+-])(\\d\\d):(\\d\\d))");
    private static final int SECONDS_PER_HOUR = 3600;

    private Rfc3339() {}

    /** The time, or nothing where the text is none. */
    static @Nullable Instant parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            var local = LocalDateTime.of(
                    number(parts, 1),
                    number(parts, 2),
                    number(parts, 3),
                    number(parts, 4),
                    number(parts, 5),
                    number(parts, 6));
            long seconds = local.toEpochSecond(ZoneOffset.UTC) - offsetSeconds(parts);
            return Instant.ofEpochSecond(seconds, nanos(parts.group(7)));
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    /** Not ZoneOffset, which ends at 18 hours where RFC 3339 goes to 23:59. */
    private static int offsetSeconds(Matcher parts) {
        if (parts.group(8) == null) {
            return 0;
        }
        int hours = number(parts, 9);
        int minutes = number(parts, 10);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("no such offset");
        }
        int seconds = hours * SECONDS_PER_HOUR + minutes * 60;
        return parts.group(8).equals("-") ? -seconds : seconds;
    }
}
