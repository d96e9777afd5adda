package dev.odometer.local.http.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.Services;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** All tests share one folder, because unpacking PostgreSQL takes longer than each of them. */
@TestInstance(Lifecycle.PER_CLASS)
class EmbeddedDatabaseIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private EmbeddedDatabase database;

    @BeforeAll
    void start() throws Exception {
        database = EmbeddedDatabase.start(folder);
        run("create table if not exists kept (id int)");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), EmbeddedDatabase.USER, database.password());
    }

    private void run(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Retries the query until the database responds, for up to two minutes. */
    private String askWithRetries(String sql) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            try {
                return ask(sql);
            } catch (SQLException unavailable) {
                if (Instant.now().isAfter(end)) {
                    throw unavailable;
                }
                Thread.sleep(100);
            }
        }
    }

    /** Locks another file, because closing the lock file in this process would release the database's own lock. */
    private ProcessHandle postmaster() throws Exception {
        try (var unlocked = new DataFolder(folder.toRealPath(), FileChannel.open(folder.resolve("password")))) {
            return PostgresProcess.of(unlocked).orElseThrow();
        }
    }

    @Test
    void isDurableAndListensOnLoopbackOnly() throws Exception {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(ask("show " + setting)).isEqualTo("on");
        }
        assertThat(ask("show data_checksums")).isEqualTo("on");
        assertThat(ask("show server_encoding")).isEqualTo("UTF8");
        assertThat(ask("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask("show unix_socket_directories")).isEmpty();
        assertThat(ask("select datcollate from pg_database where datname = 'postgres'"))
                .isEqualTo("C");
    }

    @Test
    void requiresThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), EmbeddedDatabase.USER, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void restrictsTheFolderToItsOwner() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesASecondServiceOnTheFolder() {
        assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("Another Odometer is using the data folder " + folder + ".");
    }

    @Test
    void refusesADataFolderThatCannotBeCreated() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "");

        assertThatThrownBy(() -> EmbeddedDatabase.start(file))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("The data folder " + file + " cannot be used: ");
    }

    @Test
    void keepsItsDataAfterARestart() throws Exception {
        run("insert into kept values (1)");

        database.close();
        database = EmbeddedDatabase.start(folder);

        assertThat(ask("select count(*) from kept where id = 1")).isEqualTo("1");
    }

    @Test
    void restartsAKilledServer() throws Exception {
        run("insert into kept values (2)");
        String url = database.url();

        try (var open = connect()) {
            postmaster().destroyForcibly();

            assertThat(askWithRetries("select count(*) from kept where id = 2")).isEqualTo("1");
            assertThat(database.url()).isEqualTo(url);
            assertThat(open.isValid(1)).isFalse();
        }
    }

    @Test
    void replacesAnOrphanedServerOfAKilledService() throws Exception {
        run("insert into kept values (3)");
        database.close();
        Process service = Services.start(folder);
        Services.awaitLine(service, "ready");
        ProcessHandle orphan = postmaster();

        service.destroyForcibly().waitFor();
        assertThat(PostgresProcess.lives(orphan)).isTrue();
        database = EmbeddedDatabase.start(folder);

        assertThat(PostgresProcess.lives(orphan)).isFalse();
        assertThat(ask("select count(*) from kept where id = 3")).isEqualTo("1");
    }

    @Test
    void ignoresAStalePidFile() throws Exception {
        database.close();
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n/elsewhere\n");

        database = EmbeddedDatabase.start(folder);

        assertThat(ask("select 1")).isEqualTo("1");
    }

    @Test
    void startsOverAfterAnIncompleteFirstStart() throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("postgres"));
        Files.writeString(other.resolve("incomplete"), "");
        Files.writeString(other.resolve("postgres/postgresql.conf"), "half a file");

        try (var second = EmbeddedDatabase.start(other)) {
            assertThat(second.url()).isNotEqualTo(database.url());
        }
        assertThat(other.resolve("incomplete")).doesNotExist();
        assertThat(other.resolve("postgres.incomplete")).doesNotExist();
    }

    /** A copy of the data folder, or a database of an earlier version, has no file that marks it as complete. */
    @Test
    void keepsADatabaseThatIsNotMarkedAsIncomplete() throws Exception {
        run("insert into kept values (4)");
        database.close();
        Path copy = folder.resolve("copy");
        FileSystemUtils.copyRecursively(folder.resolve("postgres"), copy.resolve("postgres"));
        Files.setPosixFilePermissions(copy.resolve("postgres"), PosixFilePermissions.fromString("rwx------"));
        Files.copy(folder.resolve("password"), copy.resolve("password"));

        try (var second = EmbeddedDatabase.start(copy);
                var connection = DriverManager.getConnection(second.url(), EmbeddedDatabase.USER, second.password());
                var rows = connection.createStatement().executeQuery("select count(*) from kept where id = 4")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        } finally {
            database = EmbeddedDatabase.start(folder);
        }
    }
}
