package dev.odometer.door.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/** Defaults of a platform in a file beside a class, so that no file of an application replaces them. */
public final class DefaultSettings {

    private DefaultSettings() {}

    /** Adds the properties of the file with the lowest precedence. */
    public static void add(ConfigurableEnvironment environment, Class<?> beside, String file) {
        try {
            environment.getPropertySources().addLast(new ResourcePropertySource(new ClassPathResource(file, beside)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
