package dev.odometer.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.backup.Backups.Login;
import dev.odometer.functions.backup.Backups.Summary;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A restored database is the one that was backed up. */
class BackupIT {

    @TempDir
    static Path folder;

    private static DataSource original;
    private static DataSource restored;
    private static Path file;

    @BeforeAll
    static void restore() {
        original = EveryTable.filled("backup_original");
        restored = TestDatabase.newDatabase("backup_restored");
        file = folder.resolve("odometer.backup");
        Summary written = EveryTable.backups(original).write(file);

        Summary read = EveryTable.backups(restored).restore(file);

        assertThat(read).isEqualTo(written);
        assertThat(read.tables()).isEqualTo(EveryTable.tables(original).size());
    }

    /** A new table needs rows in every-table.sql. */
    @Test
    void theExampleHasRowsInEveryTable() {
        assertThat(EveryTable.digests(original))
                .isNotEmpty()
                .noneSatisfy((table, digest) -> assertThat(digest).startsWith("0 "));
    }

    @Test
    void hasEveryRowOfEveryTable() {
        assertThat(EveryTable.digests(restored)).isEqualTo(EveryTable.digests(original));
    }

    @Test
    void hasTheSameTablesIndexesConstraintsTriggersAndFunctions() {
        assertThat(EveryTable.definitions(restored))
                .hasSizeGreaterThan(300)
                .isEqualTo(EveryTable.definitions(original));
    }

    @Test
    void isAtTheSchemaOfThisReleaseAndCanBeMigrated() {
        assertThat(new Schema(restored).problem()).isEmpty();

        Migrations.apply(restored);
    }

    @Test
    void continuesEverySequence() {
        DataSource continued = TestDatabase.newDatabase("backup_continued");
        EveryTable.backups(continued).restore(file);
        assertThat(EveryTable.sequences(continued)).hasSize(10).isEqualTo(EveryTable.sequences(original));

        JdbcClient.create(continued).sql("""
                        insert into series (rollup, digest, subject, groups) values (1, '\\x99', 'new', '["a"]');
                        insert into parked_item (key, channel, origin, id, reason, attributes, body, parked_at)
                            values ('\\x99', 'usage', 'o', '9', 'x', '{}', '', 1);
                        insert into usage_event (key, position, attributes, id, subject, happened_at, recorded_at)
                            values ('\\x99', nextval('usage_position') << 20, 1, 'b', 'd', 1, 1)
                        """).update();

        assertThat(JdbcClient.create(continued)
                        .sql("select max(id) from series union all select max(position) from parked_item"
                                + " union all select max(position) >> 20 from usage_event")
                        .query(Long.class)
                        .list())
                .containsExactly(3L, 3L, 3L);
    }

    @Test
    void keepsTheRulesOfIssuedInvoices() {
        JdbcClient sql = JdbcClient.create(restored);

        assertThatThrownBy(() ->
                        sql.sql("update invoice set total = 0 where id = 'v-1'").update())
                .hasMessageContaining("an issued invoice does not change");
        assertThatThrownBy(() ->
                        sql.sql("delete from invoice_line where id = 'l-1'").update())
                .hasMessageContaining("the lines of an issued invoice do not change");
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("odometer.backup.part")).doesNotExist();
    }

    @Test
    void copiesADatabaseWithoutAFile() {
        DataSource copy = TestDatabase.newDatabase("backup_copy");
        String url = TestDatabase.url().replace("/postgres?", "/backup_original?");

        EveryTable.backups(copy).copyFrom(new Login(url, "postgres", ""));

        assertThat(EveryTable.digests(copy)).isEqualTo(EveryTable.digests(original));
    }

    /** External databases are used by an owner who is not a superuser. */
    @Test
    void needsOnlyTheOwnerOfTheDatabase() {
        TestDatabase.run("create role owner login");
        TestDatabase.run("create database backup_owned owner owner");
        var owned = new DriverManagerDataSource(
                TestDatabase.url().replace("/postgres?", "/backup_owned?").replace("user=postgres", "user=owner"));

        EveryTable.backups(owned).restore(file);
        EveryTable.backups(owned).write(folder.resolve("owned.backup"));

        assertThat(EveryTable.digests(owned)).isEqualTo(EveryTable.digests(original));
    }

    @Test
    void migratesABackupOfAnEarlierRelease() {
        DataSource earlier = TestDatabase.newDatabase("backup_earlier");
        Flyway.configure()
                .dataSource(earlier)
                .locations("classpath:" + Schema.LOCATION)
                .table(Schema.TABLE)
                .target("10")
                .load()
                .migrate();
        JdbcClient.create(earlier).sql("""
                        insert into rollup_delta (kind, entries, series, minute, count, amount, first_at, last_at, last_position)
                        values ('ADD', 2, '{7,3}', '{60,60}', '{1,2}', '{1,2}', '{1,2}', '{1,2}', '{1,2}');
                        insert into series (rollup, digest, subject, groups) values (1, '\\x01', 'acme', '["gpt"]')
                        """).update();
        Path of10 = folder.resolve("earlier.backup");
        DataSource later = TestDatabase.newDatabase("backup_later");

        EveryTable.backups(earlier).write(of10);
        EveryTable.backups(later).restore(of10);

        assertThat(new Schema(later).problem()).isEmpty();
        assertThat(JdbcClient.create(later)
                        .sql("select series::text from rollup_delta")
                        .query(String.class)
                        .single())
                .isEqualTo("{3,7}");
        assertThat(EveryTable.definitions(later)).isEqualTo(EveryTable.definitions(original));
    }

    /** Each transaction adds one row to one of the first tables that are copied, and one to one of the last. */
    @Test
    void isOneMomentWhileOthersWrite() throws Exception {
        DataSource busy = TestDatabase.newDatabase("backup_busy");
        Migrations.apply(busy);
        JdbcClient.create(busy).sql("""
                        insert into distinct_day select n, 0, '' from generate_series(0, 49999) n;
                        insert into usage_event (key, position, attributes, id, subject, happened_at, recorded_at)
                            select int4send(n), 0, 1, '', '', 1, 1 from generate_series(0, 49999) n
                        """).update();
        var written = new AtomicInteger(50_000);
        var done = new AtomicBoolean();
        CompletableFuture<Void> writes = CompletableFuture.runAsync(() -> write(busy, written, done));
        try {
            for (int backup = 1; backup <= 3; backup++) {
                DataSource copy = TestDatabase.newDatabase("backup_busy_" + backup);
                Path moment = folder.resolve("busy-" + backup);
                int before = written.get();
                EveryTable.backups(busy).write(moment);
                assertThat(written.get()).as("rows were written beside").isGreaterThan(before);
                EveryTable.backups(copy).restore(moment);

                long first = count(copy, "distinct_day");
                assertThat(first).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(written.get() + 1);
                assertThat(count(copy, "usage_event")).isEqualTo(first);
                assertThat(JdbcClient.create(copy)
                                .sql(
                                        "select coalesce(max(position) >> 20, 0) < nextval('usage_position') from usage_event")
                                .query(Boolean.class)
                                .single())
                        .isTrue();
            }
        } finally {
            done.set(true);
            writes.get(2, TimeUnit.MINUTES);
        }
    }

    private static void write(DataSource busy, AtomicInteger written, AtomicBoolean done) {
        JdbcClient sql = JdbcClient.create(busy);
        while (!done.get()) {
            int row = written.get();
            sql.sql("""
                            with first as (insert into distinct_day values (%1$d, 0, ''))
                            insert into usage_event (key, position, attributes, id, subject, happened_at, recorded_at)
                            values (int4send(%1$d), nextval('usage_position') << 20, 1, '', '', 1, 1)
                            """.formatted(row)).update();
            written.incrementAndGet();
        }
    }

    private static long count(DataSource source, String table) {
        return JdbcClient.create(source)
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
