package dev.odometer.local.http;

import dev.odometer.functions.backup.Backups;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.database.EmbeddedDatabase;
import dev.odometer.local.http.database.EmbeddedDatabaseInitializer;
import dev.odometer.local.http.database.LocalDatabase;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * The commands that copy a database: {@code backup --file=}, {@code restore --file=} and {@code move}. They use the
 * configured database, or the embedded one if none is configured; {@code move} copies the embedded one into the
 * configured one.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
class Copies {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);
    private static final String STORE = "dev.odometer.postgres.PostgresConfiguration";
    private static final String FILE = "--file=";

    /** Settings of the service that these commands do not share: the tables of the target are those of the copy. */
    private static final Map<String, Object> SETTINGS =
            Map.of("odometer.database.migrate", false, "odometer.database.pool-size", 10);

    /**
     * @throws StartRefusal when the command lacks a file or a database, or the copy is not possible
     */
    static void run(String[] arguments) {
        String command = arguments[0];
        var application = new SpringApplication(Copies.class);
        // Only the database: the parts of the service would create what they need in it.
        application.getSources().add(STORE);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLazyInitialization(true);
        application.addInitializers(new Preparation(List.of(arguments)), database(command));
        // As a listener, so that a refusal is reported like one of the start.
        application.addListeners((ApplicationListener<ApplicationStartedEvent>)
                started -> copy(arguments, started.getApplicationContext()));
        application.run(arguments).close();
    }

    /** Checks the command before a database is started. */
    private record Preparation(List<String> arguments)
            implements ApplicationContextInitializer<ConfigurableApplicationContext>, PriorityOrdered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            if (!arguments.get(0).equals("move")) {
                file(arguments);
            }
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("copies", SETTINGS));
        }
    }

    private static ApplicationContextInitializer<ConfigurableApplicationContext> database(String command) {
        return switch (command) {
            case "backup" -> EmbeddedDatabaseInitializer.ofExisting();
            case "restore" -> new EmbeddedDatabaseInitializer();
            default -> context -> requireTarget(context.getEnvironment());
        };
    }

    private static void requireTarget(Environment environment) {
        if (environment.getProperty("odometer.database.url", "").isBlank()) {
            throw new StartRefusal(
                    "There is no database to move the data to.", "Set ODOMETER_DATABASE_URL, _USER and _PASSWORD.");
        }
    }

    private static void copy(String[] arguments, ApplicationContext context) {
        Backups backups = context.getBean(Backups.class);
        switch (arguments[0]) {
            case "backup" -> {
                Path file = file(List.of(arguments));
                report("Backed up {} tables with {} rows to {}", backups.write(file), file);
            }
            case "restore" -> {
                Path file = file(List.of(arguments));
                report("Restored {} tables with {} rows from {}", backups.restore(file), file);
            }
            default -> move(backups, context.getEnvironment());
        }
    }

    /** The service must not run: what it writes after the start of the copy would be lost. */
    private static void move(Backups backups, Environment environment) {
        Path folder = EmbeddedDatabaseInitializer.folder(environment);
        LocalDatabase.requireDatabase(folder);
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(folder, EmbeddedDatabaseInitializer.port(environment))) {
            var login = new Backups.Login(database.url(), EmbeddedDatabase.USER, database.password());
            report("Moved {} tables with {} rows from {}", backups.copyFrom(login), folder);
        }
    }

    private static void report(String message, Backups.Summary copied, Path place) {
        LOG.info(message, copied.tables(), copied.rows(), place);
    }

    private static Path file(List<String> arguments) {
        String name = arguments.stream()
                .filter(argument -> argument.startsWith(FILE))
                .reduce("", (first, last) -> last.substring(FILE.length()));
        try {
            if (!name.isBlank()) {
                return Path.of(name);
            }
        } catch (InvalidPathException malformed) {
            // Refused below, like an empty path.
        }
        throw new StartRefusal(
                "The command " + arguments.get(0) + " needs a file.",
                "Name it: " + arguments.get(0) + " " + FILE + "…");
    }
}
