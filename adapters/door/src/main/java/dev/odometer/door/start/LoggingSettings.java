package dev.odometer.door.start;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;
import org.springframework.util.ResourceUtils;

/**
 * Refuses settings of logging with which the logging system fails: it would print a stack trace, since nothing can be
 * logged then.
 */
final class LoggingSettings implements EnvironmentPostProcessor, Ordered {

    private static final List<String> FORMATS = List.of("ecs", "gelf", "logstash");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        checkFormat(environment, "logging.structured.format.console");
        checkFormat(environment, "logging.structured.format.file");
        checkFile(environment.getProperty("logging.config", ""));
    }

    /** After the files of settings are read. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    private static void checkFormat(ConfigurableEnvironment environment, String setting) {
        String format = environment.getProperty(setting, "").strip();
        if (!format.isEmpty()
                && !FORMATS.contains(format.toLowerCase(Locale.ROOT))
                && !ClassUtils.isPresent(format, LoggingSettings.class.getClassLoader())) {
            throw new StartRefusal(
                    setting + " is " + format + ", which is not a format.",
                    "Set it to ecs, gelf or logstash, or to the name of a class.");
        }
    }

    /** Spring Boot ignores a value that begins with -D. */
    private static void checkFile(String location) {
        String file = location.strip();
        if (file.isEmpty() || file.startsWith("-D")) {
            return;
        }
        try {
            ResourceUtils.getURL(file).openStream().close();
        } catch (IOException missing) {
            throw new StartRefusal(
                    "logging.config is " + file + ", which cannot be read.",
                    "Correct the path, or remove the setting.");
        }
    }
}
