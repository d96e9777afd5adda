package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.GrantsContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresGrantsIT extends GrantsContract {

    @Override
    protected EntitlementStores empty() {
        return TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC()));
    }
}
