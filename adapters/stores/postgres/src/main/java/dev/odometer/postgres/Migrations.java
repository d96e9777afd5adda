package dev.odometer.postgres;

import dev.odometer.postgres.jdbc.Schema;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Migrates a database to the schema of this version. Applied migrations are skipped. */
public final class Migrations {

    private Migrations() {}

    /** Applies the pending migrations. Concurrent calls are serialized by a lock. */
    public static void apply(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + Schema.LOCATION)
                .table(Schema.TABLE)
                .load()
                .migrate();
    }
}
