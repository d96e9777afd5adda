package dev.odometer.functions.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes RFC 3339 timestamps: date, time with seconds, a fraction of at most nine digits, and an offset; years
 * 0000 to 9999, {@code T} and {@code Z} in either case. A leap second is read as the next second, since {@link Instant}
 * cannot represent it. Second 60 is valid only where a leap second may occur: in UTC, at 23:59 on the last day of a month.
 * Written by hand for speed: every event has a time, and a pattern costs as much as decoding the rest of the event.
 */
public final class Rfc3339 {

    /** The index of the seconds. */
    private static final int SECOND = 17;

    private static final String LEAP_SECOND = "60";
    private static final int LEAP_SECOND_BASE = 59;

    /** The index behind {@code yyyy-MM-ddTHH:mm:ss}, of the fraction or the offset. */
    private static final int FRACTION = 19;

    private static final int MAX_DIGITS = 9;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_MINUTE = 60;

    private Rfc3339() {}

    /** The time, or {@code null} when the text is not an RFC 3339 timestamp. */
    public static @Nullable Instant parse(String text) {
        if (text.length() <= FRACTION || !isPunctuated(text)) {
            return null;
        }
        int zone = FRACTION;
        int nanos = 0;
        if (text.charAt(FRACTION) == '.') {
            zone = endOfDigits(text, FRACTION + 1);
            int digits = zone - FRACTION - 1;
            if (digits < 1 || digits > MAX_DIGITS) {
                return null;
            }
            nanos = number(text, FRACTION + 1, zone);
            for (int i = digits; i < MAX_DIGITS; i++) {
                nanos *= 10;
            }
        }
        try {
            return Instant.ofEpochSecond(second(text, zone), nanos);
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }

    /**
     * The time with its offset in the zone, {@code Z} for none. It is in UTC where the offset has seconds, as before the
     * time of standard zones, because RFC 3339 has no form for them.
     */
    public static String format(Instant time, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(time);
        boolean isUtc = offset.getTotalSeconds() == 0 || offset.getTotalSeconds() % SECONDS_PER_MINUTE != 0;
        return isUtc ? time.toString() : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(offset));
    }

    private static boolean isPunctuated(String text) {
        char t = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (t == 'T' || t == 't')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static long second(String text, int zone) {
        boolean isLeap = text.startsWith(LEAP_SECOND, SECOND);
        long second = localSecond(text, isLeap ? LEAP_SECOND_BASE : number(text, SECOND, FRACTION))
                - offsetSeconds(text, zone);
        if (!isLeap) {
            return second;
        }
        long next = second + 1;
        boolean isMidnight = Math.floorMod(next, SECONDS_PER_DAY) == 0;
        if (!isMidnight
                || LocalDate.ofEpochDay(Math.floorDiv(next, SECONDS_PER_DAY)).getDayOfMonth() != 1) {
            throw new DateTimeException("not a leap second");
        }
        return next;
    }

    private static long localSecond(String text, int second) {
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        second)
                .toEpochSecond(ZoneOffset.UTC);
    }

    /** Not ZoneOffset, which allows at most 18 hours; RFC 3339 allows up to 23:59. */
    private static int offsetSeconds(String text, int start) {
        String zone = text.substring(start);
        if (zone.equals("Z") || zone.equals("z")) {
            return 0;
        }
        if (zone.length() != 6 || "+-".indexOf(zone.charAt(0)) < 0 || zone.charAt(3) != ':') {
            throw new DateTimeException("offset expected");
        }
        int hours = number(zone, 1, 3);
        int minutes = number(zone, 4, 6);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("offset out of range");
        }
        int seconds = hours * SECONDS_PER_HOUR + minutes * 60;
        return zone.charAt(0) == '-' ? -seconds : seconds;
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                throw new DateTimeException("digit expected");
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
