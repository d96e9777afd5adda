package dev.odometer.kafka.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Adds the defaults of the worker and its commands. They have the lowest precedence, and their file has a name that no
 * file of an application replaces.
 */
final class Defaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!application.getAllSources().contains(Worker.class)
                && !application.getAllSources().contains(Commands.class)) {
            return;
        }
        try {
            var resource = new ClassPathResource("worker.properties", Defaults.class);
            environment.getPropertySources().addLast(new ResourcePropertySource("odometer-kafka-worker", resource));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
