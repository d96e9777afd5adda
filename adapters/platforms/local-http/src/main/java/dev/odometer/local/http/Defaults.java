package dev.odometer.local.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Adds the defaults of the platform, and of the metering service where it is the application. They have the lowest
 * precedence, and their files have names that no file of an application replaces.
 */
final class Defaults implements EnvironmentPostProcessor {

    static final String SERVICE_FILE = "odometer.properties";

    private static final List<Class<?>> SERVICE = List.of(Odometer.class, Migration.class, Replay.class, Copies.class);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (SERVICE.stream().anyMatch(application.getAllSources()::contains)) {
            add(environment, SERVICE_FILE);
        }
        if (application.getWebApplicationType() == WebApplicationType.SERVLET) {
            add(environment, "platform.properties");
        }
    }

    private static void add(ConfigurableEnvironment environment, String file) {
        try {
            var resource = new ClassPathResource(file, Defaults.class);
            environment
                    .getPropertySources()
                    .addLast(new ResourcePropertySource("odometer-local-http/" + file, resource));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
