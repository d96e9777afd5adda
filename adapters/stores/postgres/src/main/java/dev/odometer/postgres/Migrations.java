package dev.odometer.postgres;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the tables of this version; a step that is there already is left alone. */
public final class Migrations {

    private Migrations() {}

    /** Applies what is missing; two processes at once take turns. */
    public static void apply(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:odometer/migrations")
                .table("odometer_migration")
                .load()
                .migrate();
    }
}
