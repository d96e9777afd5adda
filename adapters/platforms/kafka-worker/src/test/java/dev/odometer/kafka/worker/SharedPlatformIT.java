package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.postgres.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SharedPlatformIT {

    private static long connections(String database) throws SQLException {
        try (var connection = TestDatabase.source().getConnection();
                var count = connection.prepareStatement("select count(*) from pg_stat_activity where datname = ?")) {
            count.setString(1, database);
            try (var rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** The contracts have 21 tests. */
    @Test
    void usesOnePoolForAllInstances() throws Exception {
        DataSource database = TestDatabase.newDatabase("shared_platform");
        String url = Databases.url(database);
        var shared = new SharedPlatform(() -> new SharedPlatform.Addresses("127.0.0.1:1", url, "postgres", ""));
        try (shared) {
            for (int instance = 0; instance < 21; instance++) {
                try (var connection = shared.get().database().getConnection()) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            }

            assertThat(connections("shared_platform")).isBetween(1L, (long) SharedPlatform.POOL_SIZE);
        }

        Wait.until(() -> noConnections("shared_platform"), () -> "connections are left");
    }

    private static boolean noConnections(String database) {
        try {
            return connections(database) == 0;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
