package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.AlertingStore;
import dev.odometer.metering.notification.BalanceRulesContract;
import dev.odometer.metering.notification.DeliverySignal;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresBalanceRulesIT extends BalanceRulesContract {

    @Override
    protected AlertingStore empty(Clock clock, DeliverySignal signal) {
        return TestDatabase.alerting(TestDatabase.emptyStore(clock, signal));
    }
}
