package dev.odometer.postgres;

import dev.odometer.functions.deadletter.ParkedItems;
import dev.odometer.functions.deadletter.ParkedItemsContract;
import java.time.Clock;

class PostgresParkedItemsIT extends ParkedItemsContract {

    @Override
    protected ParkedItems empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).parkedItems();
    }
}
