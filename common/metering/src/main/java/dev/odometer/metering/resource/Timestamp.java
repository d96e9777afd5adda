package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.Rfc3339;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Rules for times that are kept or compared: RFC 3339, the years 0000 to 9999, cut to microseconds. */
public final class Timestamp {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Timestamp() {}

    /** The time that the text spells in RFC 3339. */
    public static Instant parse(String field, String text) {
        Instant time = Rfc3339.parse(text);
        if (time == null) {
            throw Refusal.invalid(field + " must be a time as in RFC 3339: " + Refusal.quote(text));
        }
        return checked(field, time);
    }

    /** The time cut to microseconds, when it is in the years that can be kept. */
    public static Instant checked(String field, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw Refusal.invalid(field + " must be in the years 0000 to 9999: " + time);
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
