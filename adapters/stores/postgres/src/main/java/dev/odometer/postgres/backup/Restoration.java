package dev.odometer.postgres.backup;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.postgres.jdbc.Locks;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes data into a database that has no tables. The tables are created and filled in a schema of their own, and moved
 * to their place in the last transaction. So the database is empty until the restore is complete, and a restore that was
 * killed is repeated from the start.
 */
final class Restoration {

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
    private static final String SCHEMA = PostgresBackups.RESTORE_SCHEMA;

    /**
     * What moves the objects of a schema: tables with their indexes, constraints and identity sequences, the other
     * sequences, and functions.
     */
    private static final String MOVES = """
            with moved as (select oid from pg_namespace where nspname = ?)
            select format('alter table %s set schema %I', c.oid::regclass, ?)
            from pg_class c where c.relnamespace in (select oid from moved) and c.relkind = 'r'
            union all
            select format('alter sequence %s set schema %I', c.oid::regclass, ?)
            from pg_class c where c.relnamespace in (select oid from moved) and c.relkind = 'S'
                and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
            union all
            select format('alter routine %s set schema %I', p.oid::regprocedure, ?)
            from pg_proc p where p.pronamespace in (select oid from moved)
            """;

    private final DataSource target;
    private final PostgresBackups.Migrator migrator;

    /** @param target its connections must have no timeouts */
    Restoration(DataSource target, PostgresBackups.Migrator migrator) {
        this.target = target;
        this.migrator = migrator;
    }

    /**
     * @return the number of rows
     * @throws StartRefusal when the database has tables, or another restore writes into it
     * @throws IOException when the contents are damaged
     */
    long run(Contents contents) throws IOException, SQLException {
        try (Connection guard = target.getConnection()) {
            guard.setAutoCommit(false);
            requireAlone(guard);
            String schema = emptySchema(guard);
            execute(guard, "drop schema if exists " + SCHEMA + " cascade");
            execute(guard, "create schema " + SCHEMA);
            guard.commit();
            requireAlone(guard);
            migrator.migrate(target, SCHEMA, OptionalInt.of(contents.layout().version()));
            long rows = copy(contents);
            migrator.migrate(target, SCHEMA, OptionalInt.empty());
            analyze();
            move(guard, schema);
            return rows;
        }
    }

    /** The lock is held by a transaction that does nothing else, until the last step. */
    private static void requireAlone(Connection guard) throws SQLException {
        try (Statement statement = guard.createStatement();
                ResultSet lock = statement.executeQuery("select pg_try_advisory_xact_lock(" + Locks.RESTORE + ")")) {
            lock.next();
            if (!lock.getBoolean(1)) {
                throw new StartRefusal("Another restore writes into the database.", "Wait until it has ended.");
            }
        }
    }

    private static String emptySchema(Connection connection) throws SQLException {
        String schema = Catalog.currentSchema(connection)
                .orElseThrow(() -> new StartRefusal(
                        "The database has no schema for the tables.", "Create the schema, or correct search_path."));
        var existing = Catalog.anyRelation(connection, schema);
        if (existing.isPresent()) {
            throw new StartRefusal(
                    "The database is not empty: it has the table " + existing.get() + ".",
                    "Set ODOMETER_DATABASE_URL to an empty database, or odometer.data-dir to a new folder.");
        }
        return schema;
    }

    private long copy(Contents contents) throws IOException, SQLException {
        try (Connection connection = target.getConnection()) {
            connection.setAutoCommit(false);
            // Functions of indexes call other functions.
            execute(connection, "set local search_path = " + SCHEMA);
            List<Layout.Table> tables = Catalog.tables(connection, SCHEMA);
            requireSame(contents.layout(), new Layout(0, tables, Catalog.sequences(connection, SCHEMA)));
            // The triggers check changes; the rows satisfied them when they were written first. The migrations have
            // inserted rows that the copy has too.
            for (Layout.Table table : tables) {
                execute(connection, "alter table " + Layout.quoted(table.name()) + " disable trigger user");
            }
            execute(
                    connection,
                    "truncate "
                            + tables.stream()
                                    .map(table -> Layout.quoted(table.name()))
                                    .collect(Collectors.joining(", ")));
            long rows = 0;
            for (Layout.Table table : tables) {
                rows += copy(contents, table, connection);
            }
            for (Layout.Sequence sequence : contents.layout().sequences()) {
                set(sequence, connection);
            }
            for (Layout.Table table : tables) {
                execute(connection, "alter table " + Layout.quoted(table.name()) + " enable trigger user");
            }
            connection.commit();
            return rows;
        }
    }

    /** Otherwise rows would be left out, or have no place. */
    private static void requireSame(Layout given, Layout created) throws IOException {
        requireSame("table", given.tables(), created.tables(), Layout.Table::definition);
        requireSame("sequence", given.sequences(), created.sequences(), Layout.Sequence::name);
    }

    private static <T> void requireSame(String kind, List<T> left, List<T> right, Function<T, String> definition)
            throws IOException {
        List<String> given = left.stream().map(definition).toList();
        List<String> created = right.stream().map(definition).toList();
        var more = new ArrayList<>(given);
        more.removeAll(created);
        var less = new ArrayList<>(created);
        less.removeAll(given);
        if (!more.isEmpty() || !less.isEmpty()) {
            throw new IOException("it " + (more.isEmpty() ? "lacks" : "also has") + " the " + kind + " "
                    + (more.isEmpty() ? less : more).get(0));
        }
    }

    private static long copy(Contents contents, Layout.Table table, Connection connection)
            throws IOException, SQLException {
        long started = System.nanoTime();
        var rows = new MeasuredStream(contents.rows(table));
        long written;
        try (rows) {
            written = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table.in(SCHEMA) + " from stdin", rows);
        }
        Contents.Content read = rows.content();
        contents.check(table, read);
        if (written != read.rows()) {
            throw new IOException(
                    written + " of " + read.rows() + " rows of the table " + table.name() + " were written");
        }
        LOG.debug("{}: {} rows in {} ms", table.name(), written, (System.nanoTime() - started) / 1_000_000);
        return written;
    }

    private static void set(Layout.Sequence sequence, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select setval(?::regclass, ?, ?)")) {
            statement.setString(1, Layout.quoted(sequence.name()));
            statement.setLong(2, sequence.last());
            statement.setBoolean(3, sequence.isCalled());
            statement.executeQuery().close();
        }
    }

    /** Without statistics, the first queries would be planned as if the tables were empty. */
    private void analyze() throws SQLException {
        try (Connection connection = target.getConnection()) {
            for (Layout.Table table : Catalog.tables(connection, SCHEMA)) {
                execute(connection, "analyze " + SCHEMA + "." + Layout.quoted(table.name()));
            }
        }
    }

    private static void move(Connection connection, String schema) throws SQLException {
        emptySchema(connection);
        for (String move : moves(connection, schema)) {
            execute(connection, move);
        }
        // Fails if an object is left in it.
        execute(connection, "drop schema " + SCHEMA);
        connection.commit();
    }

    private static List<String> moves(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVES)) {
            statement.setString(1, SCHEMA);
            for (int parameter = 2; parameter <= 4; parameter++) {
                statement.setString(parameter, schema);
            }
            var moves = new ArrayList<String>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    moves.add(rows.getString(1));
                }
            }
            return moves;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
