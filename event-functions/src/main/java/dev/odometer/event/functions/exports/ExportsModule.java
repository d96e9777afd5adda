package dev.odometer.event.functions.exports;

import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Exports of usage, requested each night and written to a container. Enabled by the setting {@code
 * odometer.exports.container}.
 */
@AutoConfiguration
public class ExportsModule {

    private static final String CONTAINER = "odometer.exports.container";
    private static final String DAYS = "odometer.exports.days";
    private static final int MAX_DAYS = 31;

    private final ObjectProvider<FileStore> files;
    private final ObjectProvider<WakeUp> timer;
    private final ObjectProvider<Documents> documents;
    private final Environment environment;
    private final Settings settings;

    ExportsModule(
            ObjectProvider<FileStore> files,
            ObjectProvider<WakeUp> timer,
            ObjectProvider<Documents> documents,
            Environment environment) {
        this.files = files;
        this.timer = timer;
        this.documents = documents;
        this.environment = environment;
        this.settings = new Settings(environment::getProperty);
    }

    @Bean
    Schedules exportSchedules() {
        var rows = new ArrayList<Schedule>();
        if (!setting(CONTAINER).isEmpty()) {
            rows.add(new Schedule("runExports", "* * * * *", ZoneOffset.UTC, "runExports"));
            if (days() > 0) {
                rows.add(new Schedule("requestExports", "0 2 * * *", zone(), "requestExports"));
            }
        }
        return new Schedules(rows);
    }

    @Bean
    RequestExports requestExports(Exports exports, Clock clock) {
        var days = new RequestExports.Days(
                days(),
                zone(),
                settings.choice("odometer.exports.window-size", WindowSize.class, WindowSize.HOUR),
                settings.choice("odometer.exports.format", Format.class, Format.CSV));
        return new RequestExports(exports, new Ulid(clock), clock, this::writer, days);
    }

    private WakeUp writer() {
        if (files.getIfAvailable() == null) {
            throw Refusal.conflict("exports are not set up: there is no file store");
        }
        return timer.getIfAvailable(() -> WakeUp.NONE);
    }

    @Bean
    RunExports runExports(Exports exports, Meters meters, UsageLog log, Clock clock) {
        var destination = new UsageFiles.Destination(
                setting(CONTAINER),
                environment.getProperty("odometer.exports.prefix", "usage/"),
                settings.flag("odometer.exports.neutralize-formulas", true));
        var usageFiles = new UsageFiles(log, files::getObject, documents::getObject, clock, destination);
        return new RunExports(exports, meters, usageFiles, clock);
    }

    private ZoneId zone() {
        return settings.zone("odometer.exports.zone", ZoneId.of("UTC"));
    }

    private int days() {
        return settings.number(DAYS, 0, 0, MAX_DAYS);
    }

    private String setting(String name) {
        return environment.getProperty(name, "");
    }
}
