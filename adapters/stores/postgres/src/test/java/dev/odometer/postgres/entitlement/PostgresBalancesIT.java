package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.BalancesContract;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresBalancesIT extends BalancesContract {

    @Override
    protected EntitlementStores empty() {
        return TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC()));
    }
}
