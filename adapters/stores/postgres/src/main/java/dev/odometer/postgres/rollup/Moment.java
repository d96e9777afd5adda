package dev.odometer.postgres.rollup;

import dev.odometer.postgres.jdbc.Micros;

/**
 * The rank of an event: by time, then by arrival.
 *
 * @param micros the time of the event, in microseconds since 1970
 * @param position the order of arrival
 */
public record Moment(long micros, long position) {

    /** The second at which the minute begins. */
    public long minute() {
        return Micros.minute(micros);
    }
}
