package dev.odometer.event.functions;

import dev.odometer.event.functions.notifications.DeliverNotifications;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The function that tells others; adapters bring the couriers. */
@AutoConfiguration
public class DeliveryFunctions {

    private final ObjectProvider<Courier> couriers;
    private final ObjectProvider<Documents> documents;
    private final ObjectProvider<WakeUp> timer;

    DeliveryFunctions(
            ObjectProvider<Courier> couriers, ObjectProvider<Documents> documents, ObjectProvider<WakeUp> timer) {
        this.couriers = couriers;
        this.documents = documents;
        this.timer = timer;
    }

    @Bean
    DeliverNotifications deliverNotifications(Notifications notifications, Outbox outbox, Clock clock) {
        var stores = new DeliverNotifications.Stores(notifications, outbox);
        var times = new DeliverNotifications.Times(clock, () -> timer.getIfAvailable(() -> WakeUp.NONE));
        return new DeliverNotifications(stores, couriers.stream().toList(), documents::getObject, times);
    }
}
