package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.FeaturesContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresFeaturesIT extends FeaturesContract {

    @Override
    protected EntitlementStores empty() {
        return TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC()));
    }
}
