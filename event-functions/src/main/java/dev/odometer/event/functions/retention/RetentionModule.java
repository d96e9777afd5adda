package dev.odometer.event.functions.retention;

import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.usage.UsageCompression;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Retention: the deletion of dead letters, notification events and the records of exports and imports, and the
 * compression of usage by minute and hour. Each is enabled by its own setting in days.
 */
@AutoConfiguration
public class RetentionModule {

    private static final String PARKED_DAYS = "odometer.retention.parked-days";
    private static final String EXPORTS_DAYS = "odometer.retention.exports-days";
    private static final String IMPORTS_DAYS = "odometer.retention.imports-days";
    private static final String NOTIFICATIONS_DAYS = "odometer.retention.notifications-days";
    private static final String MINUTES_DAYS = "odometer.retention.minutes-days";

    /** A hundred years. */
    private static final int MAX_DAYS = 36_525;

    private final Environment environment;

    RetentionModule(Environment environment) {
        this.environment = environment;
    }

    @Bean
    Schedules retentionSchedules() {
        boolean isEnabled = Stream.of(PARKED_DAYS, EXPORTS_DAYS, IMPORTS_DAYS, NOTIFICATIONS_DAYS, MINUTES_DAYS)
                .anyMatch(days -> !environment.getProperty(days, "").isEmpty());
        return new Schedules(
                isEnabled
                        ? List.of(new Schedule("applyRetention", "30 3 * * *", ZoneOffset.UTC, "applyRetention"))
                        : List.of());
    }

    @Bean
    ApplyRetention applyRetention(BeanFactory beans) {
        return new ApplyRetention(Stream.of(
                        rule(PARKED_DAYS, beans, DeadLetterStore.class, DeadLetterStore::removeOlderThan),
                        rule(EXPORTS_DAYS, beans, Exports.class, Exports::removeFinished),
                        rule(IMPORTS_DAYS, beans, Imports.class, Imports::removeFinished),
                        rule(NOTIFICATIONS_DAYS, beans, Notifications.class, Notifications::removeOlderThan),
                        rule(MINUTES_DAYS, beans, UsageCompression.class, UsageCompression::compress))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Deletes or compresses at most {@code limit} expired records of a port. */
    private interface Removal<T> {
        int remove(T port, Instant before, int limit);
    }

    private <T> Optional<ApplyRetention.Rule> rule(
            String setting, BeanFactory beans, Class<T> port, Removal<T> removal) {
        OptionalInt days = new Settings(environment::getProperty).number(setting, 1, MAX_DAYS);
        return days.isEmpty()
                ? Optional.empty()
                : Optional.of(new ApplyRetention.Rule(
                        Duration.ofDays(days.getAsInt()),
                        (before, limit) -> removal.remove(beans.getBean(port), before, limit)));
    }
}
