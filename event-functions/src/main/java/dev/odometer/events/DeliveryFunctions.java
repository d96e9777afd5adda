package dev.odometer.events;

import dev.odometer.binding.Documents;
import dev.odometer.events.notifications.DeliverNotifications;
import dev.odometer.notification.Courier;
import dev.odometer.notification.Notifications;
import dev.odometer.notification.Outbox;
import dev.odometer.schedule.WakeUp;
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
        return new DeliverNotifications(
                notifications,
                outbox,
                couriers.stream().toList(),
                documents::getObject,
                clock,
                () -> timer.getIfAvailable(() -> WakeUp.NONE));
    }
}
