package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.FeaturesContract;
import dev.odometer.metering.entitlement.House;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresFeaturesIT extends FeaturesContract {

    @Override
    protected House empty() {
        return TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC()));
    }
}
