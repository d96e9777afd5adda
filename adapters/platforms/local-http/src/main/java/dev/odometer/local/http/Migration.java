package dev.odometer.local.http;

import dev.odometer.functions.health.ReadinessCheck;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * Migrates the schema and exits, also where {@code odometer.database.migrate} is off: that setting is for the services of
 * a deployment, which often share their environment with this command.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(FewAutoConfigurations.class)
class Migration {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);

    /**
     * @throws StartRefusal when no database is configured, because migrating an embedded one would be useless, and when
     *     the schema is not one of this version afterwards
     */
    static void run(String[] arguments) {
        var application = new SpringApplication(Migration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            if (context.getEnvironment()
                    .getProperty("odometer.database.url", "")
                    .isBlank()) {
                throw new StartRefusal(
                        "There is no database to migrate.", "Set ODOMETER_DATABASE_URL, _USER and _PASSWORD.");
            }
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("migrate", Map.of("odometer.database.migrate", true)));
        });
        // As a listener, so that a refusal is reported like one of the start.
        application.addListeners((ApplicationListener<ApplicationStartedEvent>)
                started -> check(started.getApplicationContext().getBeanProvider(ReadinessCheck.class).stream()));
        application.run(arguments).close();
        LOG.info("The database schema is up to date.");
    }

    private static void check(Stream<ReadinessCheck> checks) {
        checks.flatMap(check -> check.problem().stream()).findFirst().ifPresent(problem -> {
            throw new StartRefusal(
                    "The schema is not usable after the migration: " + problem + ".",
                    "Run the command of the same release as the services.");
        });
    }
}
