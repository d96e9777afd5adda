package dev.odometer.postgres.backup;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * The data of a database at one moment: all tables are read in one read-only transaction. It blocks no other statement
 * than a migration.
 */
final class Snapshot implements Contents {

    private final Connection connection;
    private final String schema;
    private final Layout layout;

    private Snapshot(Connection connection, String schema, Layout layout) {
        this.connection = connection;
        this.schema = schema;
        this.layout = layout;
    }

    /**
     * Begins the transaction, which ends when the connection is closed.
     *
     * @throws StartRefusal when the database has no tables of Odometer
     */
    static Snapshot of(Connection connection) throws SQLException {
        String schema = Catalog.currentSchema(connection).orElseThrow(Snapshot::empty);
        List<Layout.Table> tables = Catalog.tables(connection, schema);
        if (tables.isEmpty()) {
            throw empty();
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            // Before the snapshot is taken: a migration that commits between the two would have emptied a table for it.
            for (Layout.Table table : tables) {
                statement.execute("lock table " + Layout.quoted(schema) + "." + Layout.quoted(table.name())
                        + " in access share mode");
            }
        }
        // The sequences are not part of the snapshot. Read after its start, they are beyond every value in its rows.
        var layout = new Layout(
                Catalog.version(connection), Catalog.tables(connection, schema), Catalog.sequences(connection, schema));
        if (!layout.tables().equals(tables)) {
            throw new StartRefusal("The schema was migrated while the backup started.", "Repeat the command.");
        }
        return new Snapshot(connection, schema, layout);
    }

    private static StartRefusal empty() {
        return new StartRefusal(
                "The database has no tables of Odometer.", "Check ODOMETER_DATABASE_URL or odometer.data-dir.");
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public InputStream rows(Layout.Table table) throws SQLException {
        return new PGCopyInputStream(connection.unwrap(PGConnection.class), "copy " + table.in(schema) + " to stdout");
    }

    @Override
    public void check(Layout.Table table, Content read) {
        // The server reports an incomplete read by itself.
    }
}
