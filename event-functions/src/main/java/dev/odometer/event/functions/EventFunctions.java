package dev.odometer.event.functions;

import dev.odometer.event.functions.exports.RequestExports;
import dev.odometer.event.functions.exports.RunExports;
import dev.odometer.event.functions.exports.UsageFiles;
import dev.odometer.event.functions.imports.ImportSettings;
import dev.odometer.event.functions.imports.ImportSource;
import dev.odometer.event.functions.imports.ImportUsageFile;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Mode;
import dev.odometer.functions.binding.Binding.Ordering;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.resource.MicrosecondClock;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The functions of this module, by the names that bindings call them; the ports they need come from an adapter. */
@AutoConfiguration
public class EventFunctions {

    @Bean
    @ConditionalOnMissingBean
    public Clock clock() {
        return MicrosecondClock.utc();
    }

    @Bean
    public RecordUsage recordUsage(UsageLog log, Clock clock) {
        return new RecordUsage(log, clock);
    }

    /** By key, so that of two events with one identity the first sent is the one that counts. */
    @Bean
    public Bindings eventBindings() {
        return new Bindings(List.of(new Binding(
                "usage", "recordUsage", Payload.EVENTS, Mode.BATCH, Ordering.BY_KEY, 5, "usage.parked", true)));
    }

    /** Of {@link EventSchedules} those that a setting switches on. */
    @Bean
    public Schedules eventSchedules(Environment environment) {
        return EventSchedules.switchedOn(name -> environment.getProperty(name, ""));
    }

    @Bean
    public ApplyRetention applyRetention(
            ObjectProvider<DeadLetterStore> parked,
            ObjectProvider<Exports> exports,
            ObjectProvider<Notifications> notifications,
            Environment environment) {
        return new ApplyRetention(Stream.of(
                        kept(environment, EventSchedules.PARKED_DAYS, parked, DeadLetterStore::removeOld),
                        kept(environment, EventSchedules.EXPORTS_DAYS, exports, Exports::removeFinished),
                        kept(environment, EventSchedules.NOTIFICATIONS_DAYS, notifications, Notifications::removeOld))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Forgets a part of what a port keeps. */
    private interface Removal<T> {
        int remove(T port, Instant before, int limit);
    }

    private static <T> Optional<ApplyRetention.Rule> kept(
            Environment environment, String setting, ObjectProvider<T> port, Removal<T> removal) {
        Integer days = environment.getProperty(setting, Integer.class);
        if (days == null) {
            return Optional.empty();
        }
        if (days < 1) {
            throw new StartRefusal(setting + " must be 1 or more: " + days);
        }
        return Optional.of(new ApplyRetention.Rule(
                Duration.ofDays(days), (before, limit) -> removal.remove(port.getObject(), before, limit)));
    }

    /** Imports, where files can be read; a wrong setting stops the start. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("odometer.files.store")
    static class ImportFunctions {

        private final Environment environment;

        ImportFunctions(Environment environment) {
            this.environment = environment;
        }

        @Bean
        ImportUsageFile importUsageFile(FileStore store, Imports imports, Documents documents, Clock clock) {
            var settings = ImportSettings.from(environment::getProperty);
            return new ImportUsageFile(new ImportSource(store, documents, settings, clock), imports);
        }

        @Bean
        Bindings fileBindings() {
            return new Bindings(List.of(new Binding(
                    "files", "importUsageFile", Payload.FILES, Mode.ITEM, Ordering.NONE, 5, "files.parked", true)));
        }
    }

    /** Exports, for which there has to be a place for the files. */
    @Configuration(proxyBeanMethods = false)
    static class ExportFunctions {

        private final ObjectProvider<FileStore> files;
        private final ObjectProvider<WakeUp> timer;
        private final ObjectProvider<Documents> documents;
        private final Environment environment;

        ExportFunctions(
                ObjectProvider<FileStore> files,
                ObjectProvider<WakeUp> timer,
                ObjectProvider<Documents> documents,
                Environment environment) {
            this.files = files;
            this.timer = timer;
            this.documents = documents;
            this.environment = environment;
        }

        @Bean
        RequestExports requestExports(Exports exports, Clock clock) {
            var days = new RequestExports.Days(
                    environment.getProperty(EventSchedules.DAYS, Integer.class, 0),
                    EventSchedules.zone(environment.getProperty(EventSchedules.ZONE, "")),
                    environment.getProperty("odometer.exports.window-size", WindowSize.class, WindowSize.HOUR),
                    environment.getProperty("odometer.exports.format", Format.class, Format.CSV));
            return new RequestExports(exports, new Ulid(clock), clock, this::writers, days);
        }

        private WakeUp writers() {
            if (files.getIfAvailable() == null) {
                throw Refusal.conflict("exports are not set up: there is no store of files");
            }
            return timer.getIfAvailable(() -> WakeUp.NONE);
        }

        @Bean
        RunExports runExports(Exports exports, Meters meters, UsageLog log, Clock clock) {
            var place = new UsageFiles.Place(
                    environment.getProperty(EventSchedules.CONTAINER, ""),
                    environment.getProperty("odometer.exports.prefix", "usage/"));
            var usageFiles = new UsageFiles(log, files::getObject, documents::getObject, clock, place);
            return new RunExports(exports, meters, usageFiles, clock);
        }
    }
}
