package dev.odometer.metering.notification;

import dev.odometer.metering.resource.Ulid;
import java.time.Clock;

class InMemoryUsageRulesTest extends UsageRulesContract {

    @Override
    protected AlertingStore empty(Clock clock, DeliverySignal signal) {
        return InMemoryAlerts.store(clock, new Ulid(clock), signal);
    }
}
