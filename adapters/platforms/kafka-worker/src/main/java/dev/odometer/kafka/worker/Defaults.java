package dev.odometer.kafka.worker;

import dev.odometer.door.start.DefaultSettings;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/** Adds the defaults of the worker and its commands. */
final class Defaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (Stream.of(Worker.class, Commands.class).anyMatch(application.getAllSources()::contains)) {
            DefaultSettings.add(environment, Defaults.class, "worker.properties");
        }
    }
}
