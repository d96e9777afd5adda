package dev.odometer.api;

import dev.odometer.api.meters.KnownMeters;
import dev.odometer.api.notifications.CreateNotificationChannel;
import dev.odometer.api.notifications.CreateNotificationRule;
import dev.odometer.api.notifications.DeleteNotificationChannel;
import dev.odometer.api.notifications.DeleteNotificationRule;
import dev.odometer.api.notifications.GetNotificationChannel;
import dev.odometer.api.notifications.GetNotificationEvent;
import dev.odometer.api.notifications.GetNotificationRule;
import dev.odometer.api.notifications.ListNotificationChannels;
import dev.odometer.api.notifications.ListNotificationEvents;
import dev.odometer.api.notifications.ListNotificationRules;
import dev.odometer.api.notifications.ResendNotificationEvent;
import dev.odometer.api.notifications.TestNotificationRule;
import dev.odometer.api.notifications.UpdateNotificationChannel;
import dev.odometer.api.notifications.UpdateNotificationRule;
import dev.odometer.entitlement.Features;
import dev.odometer.meter.Meters;
import dev.odometer.notification.Notifications;
import dev.odometer.notification.PayloadWriter;
import dev.odometer.resource.Ulid;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The functions of channels, rules and what they have noticed, by the names that routes call them. */
@AutoConfiguration
public class NotificationFunctions {

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
        return new CreateNotificationRule(notifications, new KnownMeters(meters), features, new Ulid(clock), clock);
    }

    @Bean
    GetNotificationRule getNotificationRule(Notifications notifications) {
        return new GetNotificationRule(notifications);
    }

    @Bean
    UpdateNotificationRule updateNotificationRule(
            Notifications notifications, Meters meters, Features features, Clock clock) {
        return new UpdateNotificationRule(notifications, new KnownMeters(meters), features, clock);
    }

    @Bean
    DeleteNotificationRule deleteNotificationRule(Notifications notifications, Clock clock) {
        return new DeleteNotificationRule(notifications, clock);
    }

    @Bean
    TestNotificationRule testNotificationRule(Notifications notifications, Clock clock, PayloadWriter payloads) {
        return new TestNotificationRule(notifications, new Ulid(clock), clock, payloads);
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
        return new ResendNotificationEvent(notifications, clock);
    }
}
