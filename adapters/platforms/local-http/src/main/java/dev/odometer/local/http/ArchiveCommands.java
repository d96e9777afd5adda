package dev.odometer.local.http;

import dev.odometer.functions.archive.ArchiveMaintenance;
import dev.odometer.functions.archive.ArchiveMaintenance.Changed;
import dev.odometer.functions.archive.ArchiveMaintenance.Period;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.database.EmbeddedDatabaseInitializer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * The commands {@code unarchive --from= --to=} and {@code erase --subject=}. They use the configured database, or the embedded
 * one if none is configured, and the configured file store.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(FewAutoConfigurations.class)
class ArchiveCommands {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);
    private static final String USAGE =
            "Name days, in UTC and without the last: unarchive --from=2026-01-01 --to=2026-02-01";
    private static final int KEEP_DAYS = 30;
    private static final int MAX_KEEP_DAYS = 3650;

    /** A file with its keys is one transaction, and operators can stop a command that takes too long. */
    private static final Map<String, Object> SETTINGS =
            Map.of("odometer.database.migrate", false, "odometer.database.long-statement-timeout", "0s");

    /** @throws StartRefusal when an option is missing or wrong, or some events could not be restored or erased */
    static void run(String[] arguments) {
        Function<ArchiveMaintenance, Changed> command =
                arguments[0].equals("erase") ? erasure(List.of(arguments)) : restore(List.of(arguments));
        var application = new SpringApplication(ArchiveCommands.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLazyInitialization(true);
        application.addInitializers(
                context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("archive", SETTINGS)),
                EmbeddedDatabaseInitializer.ofExisting());
        // As a listener, so that a refusal is reported like one of the start.
        application.addListeners((ApplicationListener<ApplicationStartedEvent>) started -> report(
                arguments[0],
                () -> command.apply(started.getApplicationContext().getBean(ArchiveMaintenance.class))));
        application.run(arguments).close();
    }

    private static void report(String command, Supplier<Changed> work) {
        Changed changed;
        try {
            changed = work.get();
        } catch (Refusal refusal) {
            throw new StartRefusal(refusal.detail(), "Correct this, and run the command again: it continues.");
        }
        LOG.info(
                "{} {} events; {} archived files were changed",
                command.equals("erase") ? "Erased" : "Restored",
                changed.events(),
                changed.files());
        if (!changed.problems().isEmpty()) {
            throw new StartRefusal(
                    "Archived files that could not be read: "
                            + changed.problems().size() + ". Their events are unchanged.",
                    "Copy the files back, and run the command again.");
        }
    }

    /** The key is not logged, since it may identify a person. */
    private static Function<ArchiveMaintenance, Changed> erasure(List<String> arguments) {
        String subject = option(arguments, "subject")
                .filter(key -> !key.isEmpty())
                .orElseThrow(() ->
                        new StartRefusal("The command erase needs a subject.", "Name its key: erase --subject=KEY"));
        return archive -> archive.erase(subject, LOG::info);
    }

    private static Function<ArchiveMaintenance, Changed> restore(List<String> arguments) {
        Instant from = day(arguments, "from");
        Instant to = day(arguments, "to");
        if (!from.isBefore(to)) {
            throw new StartRefusal("--to must be after --from.", USAGE);
        }
        Instant until = Clock.systemUTC().instant().plus(Duration.ofDays(keepDays(arguments)));
        return archive -> {
            LOG.info("The days are not archived again before {}", until);
            return archive.restore(new Period(from, to, until), LOG::info);
        };
    }

    private static Instant day(List<String> arguments, String name) {
        String day = option(arguments, name)
                .orElseThrow(() -> new StartRefusal("The command unarchive needs --" + name + ".", USAGE));
        try {
            return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException malformed) {
            throw new StartRefusal("--" + name + " is not a day: \"" + Refusal.quote(day) + "\"", USAGE);
        }
    }

    private static int keepDays(List<String> arguments) {
        String days = option(arguments, "keep-days").orElse(String.valueOf(KEEP_DAYS));
        try {
            int number = Integer.parseInt(days);
            if (number >= 1 && number <= MAX_KEEP_DAYS) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // Refused below, like a number out of range.
        }
        throw new StartRefusal(
                "--keep-days must be a number from 1 to " + MAX_KEEP_DAYS + ", but is: \"" + Refusal.quote(days) + "\"",
                "Correct the option.");
    }

    /** Not a property, which could come from the environment. */
    private static Optional<String> option(List<String> arguments, String name) {
        String prefix = "--" + name + "=";
        List<String> values = arguments.stream()
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .toList();
        if (values.size() > 1) {
            throw new StartRefusal("--" + name + " is given " + values.size() + " times.", "Give it once.");
        }
        return values.stream().findFirst();
    }
}
