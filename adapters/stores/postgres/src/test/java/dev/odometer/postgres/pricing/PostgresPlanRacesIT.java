package dev.odometer.postgres.pricing;

import dev.odometer.metering.pricing.PlanRacesContract;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresPlanRacesIT extends PlanRacesContract {

    @Override
    protected Plans empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).plans();
    }
}
