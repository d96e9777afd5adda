package dev.odometer.postgres.query;

import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.plan.MicrosRange;

/**
 * A total asked for.
 *
 * @param number its place among all questions
 * @param scope the number of the scope it is about
 * @param from in seconds, as {@code to}, at which it ends
 */
record Question(int number, int scope, long from, long to) {

    MicrosRange stretch() {
        return new MicrosRange(from * Micros.SECOND, to * Micros.SECOND);
    }
}
