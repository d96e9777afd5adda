package dev.odometer.api.functions.billing;

import dev.odometer.metering.entitlement.EntitlementStores;
import java.util.Random;

class BacktestInMemoryTest extends BacktestContract {

    @Override
    protected EntitlementStores empty(Random seeded) {
        return EntitlementStores.inMemory();
    }
}
