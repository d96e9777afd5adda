package dev.odometer.conformance;

import dev.odometer.postgres.Migrations;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.env.Environment;

/** Separate databases with empty tables, in the server of {@link LocalServer}. */
final class Databases {

    private static final String TEMPLATE = template();

    private Databases() {}

    /** Creates a database, and returns the environment variables of a service that uses it. */
    static Map<String, String> fresh(String name) {
        run("create database " + name + " template " + TEMPLATE);
        return service(name);
    }

    /** Creates a database without tables, and returns the environment variables of a service that uses it. */
    static Map<String, String> empty(String name) {
        run("create database " + name);
        return service(name);
    }

    private static Map<String, String> service(String name) {
        return Map.of(
                "ODOMETER_DATABASE_URL", url(name),
                "ODOMETER_DATABASE_USER", setting("user"),
                "ODOMETER_DATABASE_PASSWORD", setting("password"),
                "ODOMETER_DATABASE_POOL_SIZE", "4",
                "ODOMETER_PORTAL_TOKEN_SECRET", Case.PORTAL_SECRET);
    }

    private static String template() {
        run("create database empty_odometer");
        var source = new PGSimpleDataSource();
        source.setUrl(url("empty_odometer"));
        source.setUser(setting("user"));
        source.setPassword(setting("password"));
        Migrations.apply(source);
        return "empty_odometer";
    }

    private static String url(String name) {
        return setting("url").replaceFirst("/[^/]+$", "/" + name);
    }

    private static String setting(String name) {
        Environment environment = LocalServer.context().getEnvironment();
        return environment.getRequiredProperty("odometer.database." + name);
    }

    /** Runs a query that returns one number. */
    static long number(String database, String query) {
        try (var connection = DriverManager.getConnection(url(database), setting("user"), setting("password"));
                var statements = connection.createStatement();
                var rows = statements.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void run(String statement) {
        execute(setting("url"), statement);
    }

    /** Runs a statement in a database of {@link #fresh}. */
    static void run(String database, String statement) {
        execute(url(database), statement);
    }

    private static void execute(String url, String statement) {
        try (var connection = DriverManager.getConnection(url, setting("user"), setting("password"));
                var statements = connection.createStatement()) {
            statements.execute(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
