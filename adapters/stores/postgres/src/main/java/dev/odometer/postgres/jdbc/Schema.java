package dev.odometer.postgres.jdbc;

import dev.odometer.functions.health.ReadinessCheck;
import dev.odometer.functions.refusal.Refusal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Compares the schema of a database with the migrations of this version. The schema may be newer, because an upgrade
 * migrates first and then replaces one process after another. A migration that the previous version does not tolerate
 * has a description that begins with {@code breaking}; older processes are then not ready.
 */
public final class Schema implements ReadinessCheck {

    /** The folder of the migrations on the class path. */
    public static final String LOCATION = "odometer/migrations";
    /** The version of the last migration in it. A constant, because searching the class path would slow down cold starts. */
    public static final int VERSION = 31;
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
    private volatile boolean isKnownNotToFit;

    public Schema(DataSource source) {
        this.source = source;
    }

    public DataSource source() {
        return source;
    }

    /**
     * Refuses work on a schema that did not fit when it was last compared, and still does not. It costs nothing
     * otherwise.
     *
     * @throws Refusal UNAVAILABLE with the reason
     */
    void requireFit() {
        if (isKnownNotToFit) {
            problem().ifPresent(reason -> {
                throw Refusal.unavailable(reason);
            });
        }
    }

    @Override
    public Optional<String> problem() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            try (ResultSet applied = statement.executeQuery(APPLIED)) {
                applied.next();
                Optional<String> problem = problem(applied.getInt(1), applied.getInt(2));
                isKnownNotToFit = problem.isPresent();
                return problem;
            }
        } catch (SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            isKnownNotToFit |= state.equals(UNDEFINED_TABLE);
            return Optional.of(reason(state));
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

    private static Optional<String> problem(int applied, int breaking) {
        if (applied < VERSION) {
            return Optional.of("the database schema has version " + applied + ", but version " + VERSION
                    + " is required: run the command migrate of this release");
        }
        return breaking > VERSION
                ? Optional.of("the database schema has version " + breaking
                        + ", which this release does not support: update this process")
                : Optional.empty();
    }
}
