package dev.odometer.postgres;

import dev.odometer.postgres.backup.PostgresBackups;
import javax.sql.DataSource;

/** The backups of a database, as an application has them. */
public final class BackupsOf {

    private BackupsOf() {}

    public static PostgresBackups database(DataSource source) {
        return new PostgresBackups(source, Migrations::apply);
    }
}
