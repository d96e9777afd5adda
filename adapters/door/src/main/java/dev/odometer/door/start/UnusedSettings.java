package dev.odometer.door.start;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Warns of settings that nothing has read when a service has started: a misspelled name, or a setting of a part that is
 * off. It knows the names from the reads themselves, so that no list of them can be wrong. A service defines it as a bean.
 * Commands do not: they share the settings of a service and read few of them.
 */
public final class UnusedSettings implements EnvironmentPostProcessor, ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(UnusedSettings.class);
    private static final String PREFIX = "odometer.";
    /** The sources that users write, beside files. Others are made by the application. */
    private static final Set<String> OF_USERS = Set.of(
            CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    private static final String FILES = "Config resource ";
    private static final int MAX_TYPOS = 3;

    /** Sees each read first, and has no value. */
    private static final class Reads extends PropertySource<Set<String>> {

        private static final String NAME = "odometer-reads";

        Reads() {
            super(NAME, new ConcurrentSkipListSet<>());
        }

        @Override
        public @Nullable Object getProperty(String name) {
            if (name.startsWith(PREFIX)) {
                getSource().add(name);
            }
            return null;
        }
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addFirst(new Reads());
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        ConfigurableEnvironment environment = ready.getApplicationContext().getEnvironment();
        List<String> unused = find(environment);
        if (!unused.isEmpty()) {
            LOG.warn("These settings have no effect here: {}", String.join(", ", unused));
        }
    }

    /** The names of the settings that nothing has read, each with the most similar name that something has read. */
    static List<String> find(ConfigurableEnvironment environment) {
        if (!(environment.getPropertySources().get(Reads.NAME) instanceof Reads reads)) {
            return List.of();
        }
        var unused = new ArrayList<String>();
        for (String name : given(environment)) {
            if (reads.getSource().stream().noneMatch(read -> covers(read, name))) {
                unused.add(similar(name, reads.getSource())
                        .map(read -> name + " (did you mean " + read + "?)")
                        .orElse(name));
            }
        }
        return unused;
    }

    private static Set<String> given(ConfigurableEnvironment environment) {
        var given = new TreeSet<String>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            boolean isOfUsers =
                    OF_USERS.contains(source.getName()) || source.getName().startsWith(FILES);
            if (isOfUsers && source instanceof EnumerablePropertySource<?> names) {
                for (String name : names.getPropertyNames()) {
                    if (plain(name).startsWith(plain(PREFIX)) && name.length() > PREFIX.length()) {
                        given.add(name);
                    }
                }
            }
        }
        return given;
    }

    /** Maps and lists are read by a common prefix. */
    private static boolean covers(String read, String name) {
        if (plain(name).equals(plain(read))) {
            return true;
        }
        boolean isInMap = name.startsWith(read) && ".[".indexOf(name.charAt(read.length())) >= 0;
        return isInMap || (read.contains("[") && plain(name).startsWith(plain(read)));
    }

    /** Environment variables have other separators. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static Optional<String> similar(String name, Set<String> reads) {
        return reads.stream()
                .filter(read -> distance(plain(name), plain(read)) <= MAX_TYPOS)
                .min(Comparator.comparingInt(read -> distance(plain(name), plain(read))));
    }

    /** The number of letters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
