package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
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
    private static final int MAX_PORT = 65_535;

    private final Opening opening;

    /** Starts a database, which is created if the folder has none. */
    public EmbeddedDatabaseInitializer() {
        this(EmbeddedDatabase::start);
    }

    private EmbeddedDatabaseInitializer(Opening opening) {
        this.opening = opening;
    }

    /** Uses the database of a service that is running, or starts the one that the folder has. */
    public static EmbeddedDatabaseInitializer ofExisting() {
        return new EmbeddedDatabaseInitializer(LocalDatabase::existing);
    }

    @FunctionalInterface
    private interface Opening {
        LocalDatabase open(Path folder, int port);
    }

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
        LocalDatabase database = opening.open(folder(environment), port(environment));
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

    /** The folder of {@code odometer.data-dir}. */
    public static Path folder(Environment environment) {
        return folder(environment.getProperty("odometer.data-dir", "odometer-data"));
    }

    /** The port of {@code odometer.data-port}; 0 for a free one. */
    public static int port(Environment environment) {
        return new Settings(environment::getProperty).number("odometer.data-port", 0, 0, MAX_PORT);
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
