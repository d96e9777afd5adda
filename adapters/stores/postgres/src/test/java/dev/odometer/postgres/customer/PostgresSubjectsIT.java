package dev.odometer.postgres.customer;

import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.customer.SubjectsContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresSubjectsIT extends SubjectsContract {

    @Override
    protected Subjects empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).subjects();
    }
}
