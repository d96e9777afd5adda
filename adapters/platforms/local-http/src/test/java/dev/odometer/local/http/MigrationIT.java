package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.database.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationIT {

    @TempDir
    Path folder;

    @Test
    void createsTheTablesAndExits() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            Migration.run(new String[] {
                "migrate",
                "--odometer.database.url=" + database.url(),
                "--odometer.database.user=" + EmbeddedDatabase.USER,
                "--odometer.database.password=" + database.password(),
                // The services of a deployment do not migrate, and this command shares their environment.
                "--odometer.database.migrate=false"
            });

            try (var connection =
                            DriverManager.getConnection(database.url(), EmbeddedDatabase.USER, database.password());
                    var tables = connection.getMetaData().getTables(null, "public", "usage_event", null)) {
                assertThat(tables.next()).isTrue();
            }
        }
    }

    @Test
    void refusesWithoutADatabase() {
        assertThatThrownBy(() -> Migration.run(new String[] {"migrate"})).isInstanceOf(StartRefusal.class);
    }
}
