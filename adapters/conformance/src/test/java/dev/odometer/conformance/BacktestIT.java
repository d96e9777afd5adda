package dev.odometer.conformance;

import dev.odometer.api.functions.billing.BacktestContract;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.util.Random;

/** Backtests on PostgreSQL, with deltas that are folded early, late or never. */
class BacktestIT extends BacktestContract {

    @Override
    protected EntitlementStores empty(Random seeded) {
        var pace = new Pace(1 + seeded.nextInt(3), 1 + seeded.nextInt(40), 1 + seeded.nextInt(60), seeded.nextInt(6));
        return TestDatabase.house(TestDatabase.emptyStore(CLOCK, pace));
    }
}
