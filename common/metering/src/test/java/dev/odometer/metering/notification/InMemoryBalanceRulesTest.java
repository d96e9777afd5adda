package dev.odometer.metering.notification;

import dev.odometer.metering.resource.Ulid;
import java.time.Clock;

class InMemoryBalanceRulesTest extends BalanceRulesContract {

    @Override
    protected AlertingStore empty(Clock clock, DeliverySignal signal) {
        return InMemoryAlerts.store(clock, new Ulid(clock), signal);
    }
}
