package dev.odometer.event.functions.notifications;

import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.DeliverySignal;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Delivery of notifications with the couriers of the adapters. */
@AutoConfiguration
public class NotificationsModule {

    private final ObjectProvider<Courier> couriers;
    private final ObjectProvider<Documents> documents;
    private final ObjectProvider<WakeUp> timer;

    NotificationsModule(
            ObjectProvider<Courier> couriers, ObjectProvider<Documents> documents, ObjectProvider<WakeUp> timer) {
        this.couriers = couriers;
        this.documents = documents;
        this.timer = timer;
    }

    /**
     * Enabled unless {@code odometer.notifications.deliver} is {@code false}: a rule that notifies no one is a mistake.
     */
    @Bean
    Schedules notificationSchedules(Environment environment) {
        boolean isEnabled = new Settings(environment::getProperty).flag("odometer.notifications.deliver", true);
        return new Schedules(
                isEnabled
                        ? List.of(new Schedule(
                                DeliverNotifications.NAME, "* * * * *", ZoneOffset.UTC, DeliverNotifications.NAME))
                        : List.of());
    }

    /** Triggers delivery of a new notification event immediately where this process has a timer. */
    @Bean
    DeliverySignal deliverySignal() {
        return () -> timer().wake(DeliverNotifications.NAME);
    }

    private WakeUp timer() {
        return timer.getIfAvailable(() -> WakeUp.NONE);
    }

    @Bean(DeliverNotifications.NAME)
    DeliverNotifications deliverNotifications(Notifications notifications, Outbox outbox, Clock clock) {
        return new DeliverNotifications(
                notifications, outbox, couriers.stream().toList(), documents::getObject, clock, this::timer);
    }
}
