package dev.odometer.postgres.deadletter;

import dev.odometer.parking.ParkedItems;
import dev.odometer.parking.ParkedItemsContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresParkedItemsIT extends ParkedItemsContract {

    @Override
    protected ParkedItems empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).parkedItems();
    }
}
