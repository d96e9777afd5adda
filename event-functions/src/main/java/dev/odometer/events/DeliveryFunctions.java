package dev.odometer.events;

import dev.odometer.binding.Documents;
import dev.odometer.events.notifications.DeliverNotifications;
import dev.odometer.notification.Courier;
import dev.odometer.notification.DeliverySignal;
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

    /** So that what is raised is delivered at once, where this process has a timer. */
    @Bean
    DeliverySignal deliverySignal() {
        return () -> timer().wake(DeliverNotifications.NAME);
    }

    private WakeUp timer() {
        return timer.getIfAvailable(() -> WakeUp.NONE);
    }

    @Bean(DeliverNotifications.NAME)
    DeliverNotifications deliverNotifications(Notifications notifications, Outbox outbox, Clock clock) {
        var stores = new DeliverNotifications.Stores(notifications, outbox);
        var times = new DeliverNotifications.Times(clock, this::timer);
        return new DeliverNotifications(stores, couriers.stream().toList(), documents::getObject, times);
    }
}
