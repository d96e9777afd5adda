package dev.odometer.kafka.worker;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What a worker is told about a database that a test has. */
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
