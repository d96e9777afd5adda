package dev.odometer.local.http;

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
 * Starts a database where none is named, before anything asks for its address. A service without the adapter for
 * PostgreSQL needs none.
 */
final class EmbeddedDatabaseInitializer
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
        // For a start that fails before there are beans to destroy.
        SpringApplication.getShutdownHandlers().add(database::close);
        // The first bean is the last to be destroyed: after the server has answered and the pool is closed.
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

    /** The database shares the processors: questions that wait for each other are answered sooner than at once. */
    private static String shortReads() {
        return String.valueOf(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
}
