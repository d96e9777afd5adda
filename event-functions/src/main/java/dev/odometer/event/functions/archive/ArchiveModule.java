package dev.odometer.event.functions.archive;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.archive.EventArchive;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The archive of usage events. Enabled by the settings {@code odometer.archive.container} and {@code .events-days}. */
@AutoConfiguration
public class ArchiveModule {

    private static final String CONTAINER = "odometer.archive.container";
    private static final String DAYS = "odometer.archive.events-days";

    /** A hundred years. */
    private static final int MAX_DAYS = 36_525;

    private final OptionalInt days;
    private final boolean hasContainer;

    ArchiveModule(Environment environment) {
        days = new Settings(environment::getProperty).number(DAYS, 1, MAX_DAYS);
        hasContainer = !environment.getProperty(CONTAINER, "").isEmpty();
    }

    /** @throws StartRefusal if events are to be archived nowhere */
    @Bean
    Schedules archiveSchedules() {
        if (days.isPresent() && !hasContainer) {
            throw new StartRefusal(
                    DAYS + " is set, but " + CONTAINER + " is not.",
                    "Set " + CONTAINER + " to the bucket, container or folder of the archive.");
        }
        return new Schedules(
                days.isPresent()
                        ? List.of(new Schedule("archiveUsage", "20 * * * *", ZoneOffset.UTC, "archiveUsage"))
                        : List.of());
    }

    @Bean
    ArchiveUsage archiveUsage(ObjectProvider<EventArchive> archive) {
        return new ArchiveUsage(archive::getObject, Duration.ofDays(days.orElse(MAX_DAYS)));
    }
}
