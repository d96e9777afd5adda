package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Starts an embedded database if none is configured, before the first bean needs its URL. Services without the
 * PostgreSQL adapter need no database.
 */
public final class EmbeddedDatabaseInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final String ADAPTER = "dev.odometer.postgres.PostgresConfiguration";
    private static final String URL = "odometer.database.url";
    private static final String SHORT_READS = "odometer.database.short-reads";

    @Override
    public int getOrder() {
        return 1;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.getProperty(URL, "").isBlank() || !ClassUtils.isPresent(ADAPTER, context.getClassLoader())) {
            return;
        }
        var database = EmbeddedDatabase.start(folder(environment.getProperty("odometer.data-dir", "odometer-data")));
        // Closes the database if the start fails before the beans exist.
        SpringApplication.getShutdownHandlers().add(database::close);
        // The first bean is destroyed last: after the requests in flight are answered and the pool is closed.
        var beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton("embeddedDatabase", database);
        beans.registerDisposableBean("embeddedDatabase", database::close);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "embeddedDatabase",
                        Map.of(
                                URL,
                                database.url(),
                                "odometer.database.user",
                                EmbeddedDatabase.USER,
                                "odometer.database.password",
                                database.password(),
                                SHORT_READS,
                                environment.getProperty(SHORT_READS, shortReads()))));
    }

    /** Not the current directory if the setting is empty: the folder is made private, and everything is put into it. */
    static Path folder(String setting) {
        try {
            if (!setting.isBlank()) {
                return Path.of(setting);
            }
        } catch (InvalidPathException malformed) {
            // Refused below, like an empty path.
        }
        throw new StartRefusal(
                "odometer.data-dir must be the path of a folder, but is: \"" + Refusal.quote(setting) + "\"",
                "Set it to a folder that can be written, or set ODOMETER_DATABASE_URL.");
    }

    /** The database shares the processors with the service, so limiting concurrent reads makes them faster. */
    private static String shortReads() {
        return String.valueOf(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
}
