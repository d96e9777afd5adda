package dev.odometer.postgres.rollup;

import dev.odometer.postgres.jdbc.Micros;

/**
 * A place in the order of events: by time, and at the same time by arrival.
 *
 * @param micros when the event happened
 * @param position of the event, in the order of arrival
 */
public record Moment(long micros, long position) {

    /** The second at which the minute begins. */
    long minute() {
        return Micros.minute(micros);
    }
}
