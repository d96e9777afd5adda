package dev.odometer.postgres.jdbc;

import dev.odometer.functions.health.ReadinessCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Compares the schema of a database with the migrations of this version. The schema may be newer, because an upgrade
 * migrates first and then replaces one process after another. A migration that the previous version does not tolerate
 * has a description that begins with {@code breaking}; older processes are then not ready.
 */
public final class Schema implements ReadinessCheck {

    /** The folder of the migrations on the class path. */
    public static final String LOCATION = "odometer/migrations";
    /** Flyway's table of the applied migrations. */
    public static final String TABLE = "odometer_migration";

    private static final String APPLIED = """
            select coalesce(max(version::int), 0), coalesce(max(version::int) filter (where description like 'breaking%'), 0)
            from odometer_migration where success and version is not null
            """;
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final int TIMEOUT_SECONDS = 2;

    private final DataSource source;

    public Schema(DataSource source) {
        this.source = source;
    }

    @Override
    public Optional<String> problem() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            try (ResultSet applied = statement.executeQuery(APPLIED)) {
                applied.next();
                return problem(applied.getInt(1), applied.getInt(2), Required.VERSION);
            }
        } catch (SQLException failure) {
            return Optional.of(reason(String.valueOf(failure.getSQLState())));
        }
    }

    private static String reason(String sqlState) {
        return switch (sqlState) {
            case UNDEFINED_TABLE -> "the database has no tables of Odometer: run the command migrate";
            case INSUFFICIENT_PRIVILEGE ->
                "the database user cannot read the table " + TABLE + ": grant select on all tables";
            default -> "the database does not respond";
        };
    }

    private static Optional<String> problem(int applied, int breaking, int required) {
        if (applied < required) {
            return Optional.of("the database schema has version " + applied + ", but version " + required
                    + " is required: run the command migrate of this release");
        }
        return breaking > required
                ? Optional.of("the database schema has version " + breaking
                        + ", which this release does not support: update this process")
                : Optional.empty();
    }

    /** The version of the last migration of this release, found once and only by processes that ask for it. */
    private static final class Required {

        private static final Pattern FILE = Pattern.compile("V(\\d+)__.+\\.sql");
        private static final int VERSION = find();

        private static int find() {
            try {
                var resolver = new PathMatchingResourcePatternResolver(Schema.class.getClassLoader());
                int last = 0;
                for (Resource file : resolver.getResources("classpath*:" + LOCATION + "/V*.sql")) {
                    Matcher name = FILE.matcher(String.valueOf(file.getFilename()));
                    last = name.matches() ? Math.max(last, Integer.parseInt(name.group(1))) : last;
                }
                return last;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
