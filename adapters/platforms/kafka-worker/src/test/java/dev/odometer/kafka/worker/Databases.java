package dev.odometer.kafka.worker;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Reads the JDBC URL of a test database, for a worker's settings. */
final class Databases {

    private Databases() {}

    static String url(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
