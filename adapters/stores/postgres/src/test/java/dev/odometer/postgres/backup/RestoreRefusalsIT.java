package dev.odometer.postgres.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.backup.Backups.Login;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.Locks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is refused changes neither the database nor the file. */
class RestoreRefusalsIT {

    @TempDir
    static Path folder;

    private static DataSource original;
    private static DataSource empty;
    private static Path file;

    @BeforeAll
    static void write() {
        original = EveryTable.filled("refused_original");
        empty = TestDatabase.newDatabase("refused_empty");
        file = folder.resolve("odometer.backup");
        EveryTable.backups(original).write(file);
    }

    private static void refuses(DataSource target, Path backup, String reason) {
        assertThatThrownBy(() -> EveryTable.backups(target).restore(backup))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining(reason)
                .hasMessageMatching("[^\\n]{1,400}\\.");
    }

    private static Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void refusesAFileThatIsCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 1 + length / 20) {
            Path cut = write("cut", Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> BackupFile.open(cut))
                    .isInstanceOf(StartRefusal.class)
                    .hasMessageContaining("is not a complete backup");
        }
    }

    /** Some bytes of an archive have no meaning, such as the times of its entries. A changed row is always found. */
    @Test
    void neverReadsOtherRowsThanThoseThatWereWritten() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        int tried = 0;
        for (int at = 0; at < whole.length; at += 7) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << (at % 8));
            tried++;
            try (BackupFile backup = BackupFile.open(write("changed", changed));
                    BackupFile right = BackupFile.open(file)) {
                assertThat(backup.layout()).isEqualTo(right.layout());
                for (Layout.Table table : right.layout().tables()) {
                    assertThat(backup.rows(table)).hasSameContentAs(right.rows(table));
                }
            } catch (StartRefusal refusal) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(tried / 2).isLessThan(tried);
    }

    /** An archive that is correct in itself, but has one row less than its manifest says. */
    @Test
    void refusesAFileWithATableOfAnotherBackup() throws IOException {
        Path mixed = rewritten("mixed", "tables/series.copy", "1\t1\t\\\\x01\tacme\t[]\n");

        refuses(empty, mixed, "tables/series.copy is damaged");
    }

    @Test
    void refusesAnArchiveWithoutAManifest() throws IOException {
        refuses(empty, rewritten("other", "manifest.json", null), "manifest.json is missing");
    }

    private static Path rewritten(String name, String replaced, @Nullable String content) throws IOException {
        Path target = folder.resolve(name);
        try (var from = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(target);
                var to = new ZipOutputStream(out)) {
            for (ZipEntry entry : (Iterable<ZipEntry>) from.stream().map(ZipEntry.class::cast)::iterator) {
                boolean isReplaced = entry.getName().equals(replaced);
                if (isReplaced && content == null) {
                    continue;
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = isReplaced && content != null
                        ? new ByteArrayInputStream(content.getBytes(UTF_8))
                        : from.getInputStream(entry)) {
                    in.transferTo(to);
                }
            }
        }
        return target;
    }

    @Test
    void refusesAFileThatIsMissingOrNoBackup() throws IOException {
        refuses(empty, folder.resolve("absent"), "There is no file " + folder.resolve("absent"));
        refuses(empty, folder, "There is no file " + folder);
        refuses(empty, write("text", "select 1".getBytes(UTF_8)), "is not a complete");
    }

    @Test
    void refusesABackupOfALaterRelease() {
        DataSource later = EveryTable.filled("refused_later");
        JdbcClient.create(later)
                .sql("update odometer_migration set version = '999' where version = '020'")
                .update();
        Path newer = folder.resolve("newer");
        EveryTable.backups(later).write(newer);

        refuses(empty, newer, "is of a later release: its schema has version 999, and the schema of this release ");
    }

    @Test
    void refusesABackupWithATableThatIsNotOfOdometer() {
        DataSource more = EveryTable.filled("refused_more");
        JdbcClient.create(more).sql("create table report (id int)").update();
        Path foreign = folder.resolve("foreign");
        EveryTable.backups(more).write(foreign);

        refuses(TestDatabase.newDatabase("refused_foreign"), foreign, "it also has the table \"report\" (\"id\").");
    }

    @Test
    void refusesADatabaseThatIsNotEmpty() {
        DataSource foreign = TestDatabase.newDatabase("refused_used");
        JdbcClient.create(foreign).sql("create table mine (id int)").update();

        refuses(foreign, file, "The database is not empty: it has the table mine.");
        refuses(original, file, "The database is not empty: it has the table ");
        assertThat(EveryTable.tables(foreign)).containsExactly("mine");
    }

    @Test
    void refusesADatabaseInWhichAnotherRestoreWrites() throws Exception {
        DataSource locked = TestDatabase.newDatabase("refused_locked");
        try (var other = locked.getConnection();
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + Locks.RESTORE + ")");

            refuses(locked, file, "Another restore writes into the database.");
        }
        EveryTable.backups(locked).restore(file);
    }

    /** The database of another encoding cannot store every text. */
    @Test
    void leavesADatabaseEmptyThatCannotStoreARow() {
        TestDatabase.run("create database refused_latin encoding 'LATIN1' template template0 locale 'C'");
        var latin = new DriverManagerDataSource(TestDatabase.url().replace("/postgres?", "/refused_latin?"));

        refuses(latin, file, "was not restored: ERROR: character with byte sequence 0xf0 0x9f 0x98 0x80");
        assertThat(EveryTable.tables(latin)).isEmpty();
    }

    @Test
    void refusesAnUnreachableDatabase() {
        var unreachable = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none");

        refuses(unreachable, file, "was not restored: ");
        assertThatThrownBy(() -> EveryTable.backups(unreachable).write(folder.resolve("never")))
                .isInstanceOf(StartRefusal.class);
        assertThatThrownBy(() -> EveryTable.backups(empty)
                        .copyFrom(new Login("jdbc:postgresql://127.0.0.1:1/none", "postgres", "")))
                .isInstanceOf(StartRefusal.class);
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void doesNotOverwriteAFile() throws IOException {
        Path mine = write("mine", new byte[] {1});

        assertThatThrownBy(() -> EveryTable.backups(original).write(mine))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("The file " + mine + " exists.");
        assertThat(mine).hasBinaryContent(new byte[] {1});
        assertThat(folder.resolve("mine.part")).doesNotExist();
    }

    @Test
    void refusesToBackUpADatabaseWithoutTables() {
        assertThatThrownBy(() -> EveryTable.backups(empty).write(folder.resolve("of-nothing")))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("The database has no tables of Odometer.");
        assertThat(folder.resolve("of-nothing")).doesNotExist();
    }

    @Test
    void writesNothingIntoAFolderThatDoesNotExist() {
        Path absent = folder.resolve("absent/odometer.backup");

        assertThatThrownBy(() -> EveryTable.backups(original).write(absent))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("was not written: NoSuchFile " + absent + ".part");
    }

    @Test
    void theServiceDoesNotStartWhileARestoreIsIncomplete() {
        DataSource incomplete = TestDatabase.newDatabase("refused_incomplete");
        JdbcClient.create(incomplete).sql("create schema odometer_restore").update();

        assertThatThrownBy(() -> Migrations.apply(incomplete))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("The database cannot be used: a restore has not been completed.");
        assertThat(EveryTable.tables(incomplete)).isEmpty();
        EveryTable.backups(incomplete).restore(file);
        Migrations.apply(incomplete);
    }
}
