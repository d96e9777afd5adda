package dev.odometer.postgres.backup;

import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A database with rows in every table, and the digests by which copies of it are compared. */
final class EveryTable {

    private static final String TABLES = """
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'odometer_migration' order by 1
            """;

    /** All that the migrations define, as PostgreSQL prints it. */
    private static final String DEFINITIONS = """
            select format('%s.%s %s %s %s %s %s', c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod),
                a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)) || ' ' || coalesce(l.collname, '') || ' '
                || a.attstorage::text
            from pg_class c join pg_attribute a on a.attrelid = c.oid
                left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum left join pg_collation l on l.oid = a.attcollation
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
            union all select pg_get_indexdef(indexrelid) from pg_index where indrelid::regclass::text not like 'pg_%'
            union all select conname || ' ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
                where connamespace = 'public'::regnamespace
            union all select pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where not tgisinternal
            union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
            union all select c.relname || ' ' || coalesce(c.reloptions::text, '') from pg_class c
                where relnamespace = 'public'::regnamespace
            """;

    private EveryTable() {}

    /** A new database with rows in every table. */
    static DataSource filled(String name) {
        DataSource source = TestDatabase.newDatabase(name);
        Migrations.apply(source);
        new ResourceDatabasePopulator(new ClassPathResource("backup/every-table.sql")).execute(source);
        return source;
    }

    static List<String> tables(DataSource source) {
        return JdbcClient.create(source).sql(TABLES).query(String.class).list();
    }

    /** The number of rows and the digest of each table. */
    static Map<String, String> digests(DataSource source) {
        JdbcClient sql = JdbcClient.create(source);
        var digests = new TreeMap<String, String>();
        for (String table : tables(source)) {
            digests.put(
                    table,
                    sql.sql("select count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text"
                                    + " collate \"C\")), '') from \"" + table + "\" t")
                            .query(String.class)
                            .single());
        }
        return digests;
    }

    /** The next value of each sequence. */
    static Map<String, String> sequences(DataSource source) {
        JdbcClient sql = JdbcClient.create(source);
        return sql
                .sql("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'")
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> sql.sql("select last_value || ' ' || is_called from " + name)
                                .query(String.class)
                                .single()));
    }

    static List<String> definitions(DataSource source) {
        return JdbcClient.create(source).sql(DEFINITIONS).query(String.class).list().stream()
                .sorted()
                .toList();
    }

    static PostgresBackups backups(DataSource source) {
        return dev.odometer.postgres.BackupsOf.database(source);
    }
}
