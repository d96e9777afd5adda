package dev.odometer.postgres;

import dev.odometer.customer.Subjects;
import dev.odometer.customer.SubjectsContract;
import java.time.Clock;

class PostgresSubjectsIT extends SubjectsContract {

    @Override
    protected Subjects empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).subjects();
    }
}
