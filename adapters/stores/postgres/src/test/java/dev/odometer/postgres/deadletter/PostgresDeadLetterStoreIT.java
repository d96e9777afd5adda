package dev.odometer.postgres.deadletter;

import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.DeadLetterStoreContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresDeadLetterStoreIT extends DeadLetterStoreContract {

    @Override
    protected DeadLetterStore empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).deadLetters();
    }
}
