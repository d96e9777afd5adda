package dev.odometer.postgres.backup;

import dev.odometer.postgres.backup.Layout.Sequence;
import dev.odometer.postgres.backup.Layout.Table;
import dev.odometer.postgres.jdbc.Schema;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the layout of a schema from PostgreSQL's catalog. */
final class Catalog {

    private static final String CURRENT_SCHEMA = "select current_schema()";

    /** Without Flyway's table: a restored database has one of its own. */
    private static final String TABLES = """
            select c.relname, array_agg(a.attname::text order by a.attnum)
            from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = (select oid from pg_namespace where nspname = ?) and c.relkind = 'r'
                and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> '%s'
            group by c.relname order by c.relname
            """.formatted(Schema.TABLE);

    private static final String REFERENCES = """
            select c.relname, r.relname
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
            where c.relnamespace = (select oid from pg_namespace where nspname = ?) and k.contype = 'f' and c.oid <> r.oid
            """;

    private static final String SEQUENCES = """
            select relname from pg_class
            where relnamespace = (select oid from pg_namespace where nspname = ?) and relkind = 'S' order by relname
            """;

    /** Objects of an extension, such as a view of statistics, do not make a database used. */
    private static final String OTHER_OBJECTS = """
            select c.relname from pg_class c
            where c.relnamespace = (select oid from pg_namespace where nspname = ?)
                and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            order by c.relname limit 1
            """;

    private static final String VERSION =
            "select max(version::int) from %s where success and version is not null".formatted(Schema.TABLE);

    private Catalog() {}

    /** The schema in which the tables of a connection are, or empty if it does not exist. */
    static Optional<String> currentSchema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CURRENT_SCHEMA)) {
            rows.next();
            return Optional.ofNullable(rows.getString(1));
        }
    }

    /** A table, view or sequence in the schema, or empty if it has none. */
    static Optional<String> anyRelation(Connection connection, String schema) throws SQLException {
        return names(connection, OTHER_OBJECTS, schema).stream().findFirst();
    }

    /** The version of the current schema's last migration. */
    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(VERSION)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    static List<Table> tables(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            var tables = new ArrayList<Table>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Array columns = rows.getArray(2);
                    tables.add(new Table(rows.getString(1), List.of((String[]) columns.getArray())));
                }
            }
            return Layout.sorted(tables, references(connection, schema));
        }
    }

    private static Map<String, Set<String>> references(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REFERENCES)) {
            statement.setString(1, schema);
            var references = new HashMap<String, Set<String>>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    references
                            .computeIfAbsent(rows.getString(1), table -> new HashSet<>())
                            .add(rows.getString(2));
                }
            }
            return references;
        }
    }

    static List<Sequence> sequences(Connection connection, String schema) throws SQLException {
        var sequences = new ArrayList<Sequence>();
        for (String name : names(connection, SEQUENCES, schema)) {
            try (Statement statement = connection.createStatement();
                    ResultSet value = statement.executeQuery(
                            "select last_value, is_called from " + Layout.quoted(schema) + "." + Layout.quoted(name))) {
                value.next();
                sequences.add(new Sequence(name, value.getLong(1), value.getBoolean(2)));
            }
        }
        return sequences;
    }

    private static List<String> names(Connection connection, String sql, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            var names = new ArrayList<String>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }
}
