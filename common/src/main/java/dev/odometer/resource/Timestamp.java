package dev.odometer.resource;

import dev.odometer.refusal.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rules for times that are kept or compared: RFC 3339, the years 0000 to 9999, cut to microseconds. */
public final class Timestamp {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    // The JDK's parser would also take times without seconds and offsets with them.
    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
            + "(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})");

    private Timestamp() {}

    /** The time that the text spells in RFC 3339. */
    public static Instant parse(String field, String text) {
        if (!FORM.matcher(text).matches()) {
            throw malformed(field, text);
        }
        try {
            return checked(
                    field, OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException e) {
            throw malformed(field, text);
        }
    }

    private static Refusal malformed(String field, String text) {
        return Refusal.invalid(field + " must be a time as in RFC 3339: " + Refusal.quote(text));
    }

    /** The time cut to microseconds, when it is in the years that can be kept. */
    public static Instant checked(String field, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw Refusal.invalid(field + " must be in the years 0000 to 9999: " + time);
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
