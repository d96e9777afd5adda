package dev.odometer.postgres.query;

import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.plan.MicrosRange;

/**
 * A requested total.
 *
 * @param number its index among all requests
 * @param scope the number of its scope
 * @param from the start of its range, in seconds
 * @param to the end of its range (exclusive), in seconds
 */
record TotalRequest(int number, int scope, long from, long to) {

    MicrosRange range() {
        return new MicrosRange(from * Micros.SECOND, to * Micros.SECOND);
    }
}
