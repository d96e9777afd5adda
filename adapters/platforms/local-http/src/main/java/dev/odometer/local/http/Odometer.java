package dev.odometer.local.http;

import dev.odometer.door.schedule.ScheduleRunnerConfiguration;
import dev.odometer.local.http.database.EmbeddedDatabaseInitializer;
import dev.odometer.local.http.server.MetricsConfiguration;
import dev.odometer.local.http.server.OpenAccessCheck;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The service on one machine: serves the functions over HTTP, with an embedded database unless one is configured. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ServerConfiguration.class,
    MetricsConfiguration.class,
    FilesConfiguration.class,
    ScheduleRunnerConfiguration.class
})
public class Odometer {

    /**
     * Starts the service. With {@code migrate} or {@code replay} as the first argument, runs that command and exits.
     */
    public static void main(String[] args) {
        switch (args.length == 0 ? "" : args[0]) {
            case "migrate" -> Migration.run(args);
            case "replay" -> Replay.run(args);
            default -> application().run(args);
        }
    }

    /** The application, with the checks and the embedded database of a standalone service. */
    public static SpringApplication application(Class<?>... more) {
        var application = new SpringApplication(Odometer.class);
        for (Class<?> source : more) {
            application.getSources().add(source.getName());
        }
        application.addInitializers(new OpenAccessCheck(), new EmbeddedDatabaseInitializer());
        return application;
    }
}
