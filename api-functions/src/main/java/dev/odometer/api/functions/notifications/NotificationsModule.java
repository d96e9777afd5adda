package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.Compatibility;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.PayloadWriter;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Notification channels, rules and notification events; event-functions deliver them. */
@AutoConfiguration
public class NotificationsModule {

    private static final String CHANNELS = "/api/v1/notification/channels";
    private static final String RULES = "/api/v1/notification/rules";
    private static final String EVENTS = "/api/v1/notification/events";

    private final Compatibility compatibility;

    NotificationsModule(Environment environment) {
        compatibility = Compatibility.parse(environment.getProperty(Compatibility.SETTING));
    }

    @Bean
    Routes notificationChannelRoutes() {
        return new Routes(List.of(
                Route.get(CHANNELS, "listNotificationChannels")
                        .query("page", "pageSize", "order", "orderBy", "includeDeleted", "includeDisabled"),
                Route.post(CHANNELS, "createNotificationChannel")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.get(CHANNELS + "/{channelId}", "getNotificationChannel").managedQuery("includeSecrets"),
                Route.put(CHANNELS + "/{channelId}", "updateNotificationChannel")
                        .body(Body.FIELDS),
                Route.delete(CHANNELS + "/{channelId}", "deleteNotificationChannel")));
    }

    @Bean
    Routes notificationRuleRoutes() {
        return new Routes(List.of(
                Route.get(RULES, "listNotificationRules")
                        .query("page", "pageSize", "order", "orderBy", "includeDeleted", "includeDisabled")
                        .queryList("feature", "channel"),
                Route.post(RULES, "createNotificationRule").body(Body.FIELDS).answers(201),
                Route.get(RULES + "/{ruleId}", "getNotificationRule"),
                Route.put(RULES + "/{ruleId}", "updateNotificationRule").body(Body.FIELDS),
                Route.delete(RULES + "/{ruleId}", "deleteNotificationRule"),
                Route.post(RULES + "/{ruleId}/test", "testNotificationRule").answers(compatibility.created())));
    }

    @Bean
    Routes notificationEventRoutes() {
        return new Routes(List.of(
                Route.get(EVENTS, "listNotificationEvents")
                        .query("page", "pageSize", "from", "to", "order", "orderBy")
                        .queryList("feature", "subject", "rule", "channel"),
                Route.get(EVENTS + "/{eventId}", "getNotificationEvent"),
                Route.post(EVENTS + "/{eventId}/resend", "resendNotificationEvent")
                        .body(Body.OPTIONAL_FIELDS)
                        .answers(202)));
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
