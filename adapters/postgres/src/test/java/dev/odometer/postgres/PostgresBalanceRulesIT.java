package dev.odometer.postgres;

import dev.odometer.notification.AlertingStore;
import dev.odometer.notification.BalanceRulesContract;
import dev.odometer.notification.DeliverySignal;
import java.time.Clock;

class PostgresBalanceRulesIT extends BalanceRulesContract {

    @Override
    protected AlertingStore empty(Clock clock, DeliverySignal signal) {
        return TestDatabase.alerting(TestDatabase.emptyStore(clock, signal));
    }
}
