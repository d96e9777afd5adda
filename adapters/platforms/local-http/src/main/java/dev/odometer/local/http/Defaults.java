package dev.odometer.local.http;

import dev.odometer.door.start.DefaultSettings;
import java.util.List;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.ConfigurableEnvironment;

/** Adds the defaults of the platform, and of the metering service where it is the application. */
final class Defaults implements EnvironmentPostProcessor {

    static final String SERVICE_FILE = "odometer.properties";

    private static final List<Class<?>> SERVICE =
            List.of(Odometer.class, Migration.class, Replay.class, Copies.class, ArchiveCommands.class);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (SERVICE.stream().anyMatch(application.getAllSources()::contains)) {
            DefaultSettings.add(environment, Defaults.class, SERVICE_FILE);
        }
        if (application.getWebApplicationType() == WebApplicationType.SERVLET) {
            DefaultSettings.add(environment, Defaults.class, "platform.properties");
        }
    }
}
