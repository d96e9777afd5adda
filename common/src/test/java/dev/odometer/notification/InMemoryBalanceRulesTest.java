package dev.odometer.notification;

import dev.odometer.resource.Ulid;
import java.time.Clock;

class InMemoryBalanceRulesTest extends BalanceRulesContract {

    @Override
    protected AlertingStore empty(Clock clock, DeliverySignal signal) {
        return InMemoryAlerts.store(clock, new Ulid(clock), signal);
    }
}
