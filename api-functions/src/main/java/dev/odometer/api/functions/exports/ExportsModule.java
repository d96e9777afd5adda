package dev.odometer.api.functions.exports;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Exports of usage, available where a container is set; event-functions write the files. */
@AutoConfiguration
public class ExportsModule {

    private final ObjectProvider<FileStore> files;
    private final ObjectProvider<WakeUp> timer;
    private final Environment environment;

    ExportsModule(ObjectProvider<FileStore> files, ObjectProvider<WakeUp> timer, Environment environment) {
        this.files = files;
        this.timer = timer;
        this.environment = environment;
    }

    @Bean
    Routes exportRoutes() {
        return new Routes(List.of(
                Route.post("/api/v1/exports", "exportUsage")
                        .body(Body.FIELDS)
                        .answers(202)
                        .refusingUnknownFields(),
                Route.get("/api/v1/exports", "listExports").query("before", "limit"),
                Route.get("/api/v1/exports/{exportId}", "getExport")));
    }

    @Bean
    ExportUsage exportUsage(Exports exports, Meters meters, Clock clock) {
        return new ExportUsage(exports, new MeterLookup(meters), new Ulid(clock), clock, this::writer);
    }

    private WakeUp writer() {
        if (environment.getProperty("odometer.exports.container", "").isEmpty() || files.getIfAvailable() == null) {
            throw Refusal.conflict(
                    "exports are not set up: odometer.exports.container and odometer.files.store are required");
        }
        return timer.getIfAvailable(() -> WakeUp.NONE);
    }

    @Bean
    GetExport getExport(Exports exports) {
        return new GetExport(exports);
    }

    @Bean
    ListExports listExports(Exports exports) {
        return new ListExports(exports);
    }
}
