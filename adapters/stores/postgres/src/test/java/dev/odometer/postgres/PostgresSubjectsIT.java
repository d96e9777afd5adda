package dev.odometer.postgres;

import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.customer.SubjectsContract;
import java.time.Clock;

class PostgresSubjectsIT extends SubjectsContract {

    @Override
    protected Subjects empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).subjects();
    }
}
