package dev.odometer.local.http;

import dev.odometer.door.schedule.ScheduleRunnerConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The service on one machine: HTTP in front of the functions, and a database of its own unless another is named. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ServerConfiguration.class,
    MetricsConfiguration.class,
    FilesConfiguration.class,
    ScheduleRunnerConfiguration.class
})
public class Odometer {

    /** Starts the service; with {@code migrate} or {@code replay} as the first argument does that and ends. */
    public static void main(String[] args) {
        switch (args.length == 0 ? "" : args[0]) {
            case "migrate" -> Migration.run(args);
            case "replay" -> Replay.run(args);
            default -> application().run(args);
        }
    }

    /** The application with the checks and the database that only a service of its own needs. */
    public static SpringApplication application(Class<?>... more) {
        var application = new SpringApplication(Odometer.class);
        for (Class<?> source : more) {
            application.getSources().add(source.getName());
        }
        application.addInitializers(new OpenAccessCheck(), new EmbeddedDatabaseInitializer());
        return application;
    }
}
