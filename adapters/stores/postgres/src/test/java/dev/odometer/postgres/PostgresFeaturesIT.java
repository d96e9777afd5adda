package dev.odometer.postgres;

import dev.odometer.metering.entitlement.FeaturesContract;
import dev.odometer.metering.entitlement.House;
import java.time.Clock;

class PostgresFeaturesIT extends FeaturesContract {

    @Override
    protected House empty() {
        return TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC()));
    }
}
