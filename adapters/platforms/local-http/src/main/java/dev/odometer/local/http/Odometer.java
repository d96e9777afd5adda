package dev.odometer.local.http;

import dev.odometer.local.http.database.EmbeddedDatabaseInitializer;
import dev.odometer.local.http.server.AddressCheck;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.io.ClassPathResource;

/** The service on one machine: serves the functions over HTTP, with an embedded database unless one is configured. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(FewAutoConfigurations.class)
public class Odometer {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);
    private static final String VERSION = "spring.application.version";
    private static final int USAGE_ERROR = 2;
    /** What Spring Boot's options begin with, and ours. */
    private static final List<String> OPTIONS =
            List.of("odometer.", "server.", "spring.", "logging.", "debug", "trace");

    /** Starts the service, or runs the command that the first argument names and exits. */
    public static void main(String[] args) {
        switch (args.length == 0 ? "" : args[0]) {
            case "help", "--help", "-h" -> System.out.print(read("help.txt"));
            case "version", "--version", "-V" -> System.out.println("Odometer " + version());
            case "migrate" -> run(Migration::run, 1, args);
            case "replay" -> run(Replay::run, 1, args, "channel=");
            case "backup", "restore", "move" -> run(Copies::run, 1, args, "file=");
            case "unarchive" -> run(ArchiveCommands::run, 1, args, "from=", "to=", "keep-days=");
            case "erase" -> run(ArchiveCommands::run, 1, args, "subject=");
            default -> run(arguments -> application().run(arguments), 0, args);
        }
    }

    /**
     * Runs a command if all its options are known.
     *
     * @param first the index of the first option
     * @param options those of the command itself
     */
    private static void run(Consumer<String[]> command, int first, String[] args, String... options) {
        List<String> known = Stream.concat(OPTIONS.stream(), Stream.of(options)).toList();
        for (String argument : List.of(args).subList(first, args.length)) {
            boolean isOption = argument.startsWith("--");
            if (!isOption || known.stream().noneMatch(argument.substring(2)::startsWith)) {
                System.err.println(
                        "There is no " + (isOption ? "option " : "command ") + argument.split("=", 2)[0]
                                + ". The commands are migrate, replay, backup, restore, move, unarchive and erase; --help lists the options.");
                System.exit(USAGE_ERROR);
            }
        }
        command.accept(args);
    }

    private static String version() {
        try {
            var properties = new Properties();
            properties.load(new StringReader(read(Defaults.SERVICE_FILE)));
            return properties.getProperty(VERSION);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String read(String resource) {
        try {
            return new ClassPathResource(resource, Odometer.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Logs a line before the start of the database, which can take long. */
    private static final class Announcement
            implements ApplicationContextInitializer<ConfigurableApplicationContext>, PriorityOrdered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            LOG.info(
                    "Odometer {} starts on Java {}",
                    context.getEnvironment().getProperty(VERSION),
                    System.getProperty("java.version"));
        }
    }

    /** The application, with the checks and the embedded database of a standalone service. */
    public static SpringApplication application(Class<?>... more) {
        var application = new SpringApplication(Odometer.class);
        for (Class<?> source : more) {
            application.getSources().add(source.getName());
        }
        application.addInitializers(new Announcement(), new AddressCheck(), new EmbeddedDatabaseInitializer());
        return application;
    }
}
