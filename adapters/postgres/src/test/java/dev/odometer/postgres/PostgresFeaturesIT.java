package dev.odometer.postgres;

import dev.odometer.entitlement.FeaturesContract;
import dev.odometer.entitlement.House;
import java.time.Clock;

class PostgresFeaturesIT extends FeaturesContract {

    @Override
    protected House empty() {
        return TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC()));
    }
}
