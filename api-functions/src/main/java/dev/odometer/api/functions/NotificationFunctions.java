package dev.odometer.api.functions;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.notifications.CreateNotificationChannel;
import dev.odometer.api.functions.notifications.CreateNotificationRule;
import dev.odometer.api.functions.notifications.DeleteNotificationChannel;
import dev.odometer.api.functions.notifications.DeleteNotificationRule;
import dev.odometer.api.functions.notifications.GetNotificationChannel;
import dev.odometer.api.functions.notifications.GetNotificationEvent;
import dev.odometer.api.functions.notifications.GetNotificationRule;
import dev.odometer.api.functions.notifications.ListNotificationChannels;
import dev.odometer.api.functions.notifications.ListNotificationEvents;
import dev.odometer.api.functions.notifications.ListNotificationRules;
import dev.odometer.api.functions.notifications.ResendNotificationEvent;
import dev.odometer.api.functions.notifications.TestNotificationRule;
import dev.odometer.api.functions.notifications.UpdateNotificationChannel;
import dev.odometer.api.functions.notifications.UpdateNotificationRule;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The functions of channels, rules and what they have noticed, by the names that routes call them. */
@AutoConfiguration
public class NotificationFunctions {

    private final ObjectProvider<WakeUp> timer;

    NotificationFunctions(ObjectProvider<WakeUp> timer) {
        this.timer = timer;
    }

    private WakeUp deliverers() {
        return timer.getIfAvailable(() -> WakeUp.NONE);
    }

    @Bean
    ListNotificationChannels listNotificationChannels(Notifications notifications) {
        return new ListNotificationChannels(notifications);
    }

    @Bean
    CreateNotificationChannel createNotificationChannel(Notifications notifications, Clock clock) {
        return new CreateNotificationChannel(notifications, new Ulid(clock), clock);
    }

    @Bean
    GetNotificationChannel getNotificationChannel(Notifications notifications) {
        return new GetNotificationChannel(notifications);
    }

    @Bean
    UpdateNotificationChannel updateNotificationChannel(Notifications notifications, Clock clock) {
        return new UpdateNotificationChannel(notifications, clock);
    }

    @Bean
    DeleteNotificationChannel deleteNotificationChannel(Notifications notifications, Clock clock) {
        return new DeleteNotificationChannel(notifications, clock);
    }

    @Bean
    ListNotificationRules listNotificationRules(Notifications notifications) {
        return new ListNotificationRules(notifications);
    }

    @Bean
    CreateNotificationRule createNotificationRule(
            Notifications notifications, Meters meters, Features features, Clock clock) {
        return new CreateNotificationRule(notifications, new MeterLookup(meters), features, new Ulid(clock), clock);
    }

    @Bean
    GetNotificationRule getNotificationRule(Notifications notifications) {
        return new GetNotificationRule(notifications);
    }

    @Bean
    UpdateNotificationRule updateNotificationRule(
            Notifications notifications, Meters meters, Features features, Clock clock) {
        return new UpdateNotificationRule(notifications, new MeterLookup(meters), features, clock);
    }

    @Bean
    DeleteNotificationRule deleteNotificationRule(Notifications notifications, Clock clock) {
        return new DeleteNotificationRule(notifications, clock);
    }

    @Bean
    TestNotificationRule testNotificationRule(Notifications notifications, Clock clock) {
        return new TestNotificationRule(notifications, new Ulid(clock), clock, this::deliverers);
    }

    @Bean
    ListNotificationEvents listNotificationEvents(Notifications notifications) {
        return new ListNotificationEvents(notifications);
    }

    @Bean
    GetNotificationEvent getNotificationEvent(Notifications notifications) {
        return new GetNotificationEvent(notifications);
    }

    @Bean
    ResendNotificationEvent resendNotificationEvent(Notifications notifications, Clock clock) {
        return new ResendNotificationEvent(notifications, clock, this::deliverers);
    }
}
