package dev.odometer.local.http.database;

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
        var database = EmbeddedDatabase.start(Path.of(environment.getProperty("odometer.data-dir", "odometer-data")));
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

    /** The database shares the processors with the service, so limiting concurrent reads makes them faster. */
    private static String shortReads() {
        return String.valueOf(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
}
