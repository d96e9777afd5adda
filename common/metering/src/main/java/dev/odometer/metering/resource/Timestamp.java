package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.Rfc3339;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Rules for stored and compared times: RFC 3339, the years 0000 to 9999, truncated to microseconds. */
public final class Timestamp {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Timestamp() {}

    /** Parses an RFC 3339 timestamp. */
    public static Instant parse(String field, String text) {
        Instant time = Rfc3339.parse(text);
        if (time == null) {
            throw Refusal.invalid(field + " must be an RFC 3339 timestamp: " + Refusal.quote(text));
        }
        return checked(field, time);
    }

    /** Returns the time truncated to microseconds if it is in the supported years. */
    public static Instant checked(String field, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw Refusal.invalid(field + " must be in the years 0000 to 9999: " + time);
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** The time, or the end of the supported years if it is later. */
    public static Instant capped(Instant time) {
        return time.isAfter(LATEST) ? LATEST.truncatedTo(ChronoUnit.MICROS) : time;
    }
}
