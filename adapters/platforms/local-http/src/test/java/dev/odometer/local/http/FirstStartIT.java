package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.local.http.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A first start that is killed at any point does not prevent the next one. */
class FirstStartIT {

    private static final int TIMEOUT_SECONDS = 180;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** Each start is killed a step later than the one before. */
    @Test
    void resumesAfterAKillAtEveryStep() throws Exception {
        killedWhen(() -> Files.exists(folder.resolve("password.new")) || Files.exists(folder.resolve("password")));
        killedWhen(() -> files(folder.resolve("programs/unpacking")) > 5);
        killedWhen(() -> files(folder.resolve("programs/unpacking")) > 500);
        killedWhen(() -> Files.exists(folder.resolve("postgres/PG_VERSION")));
        killedWhen(() -> Files.exists(folder.resolve("postgres/global/pg_control")));
        killedWhen(() -> files(folder.resolve("postgres/base")) > 500);
        killedWhen(() -> Files.exists(folder.resolve("postgres/postmaster.pid")));

        try (var database = EmbeddedDatabase.start(folder);
                var connection =
                        DriverManager.getConnection(database.url(), EmbeddedDatabase.USER, database.password())) {
            assertThat(connection.isValid(5)).isTrue();
        }
        try (Stream<Path> programs = Files.list(folder.resolve("programs"))) {
            assertThat(programs).hasSize(1);
        }
        assertThat(folder.resolve("postgres.incomplete")).doesNotExist();
    }

    private void killedWhen(BooleanSupplier step) throws Exception {
        Process service = Services.start(folder);
        await(service, step);
        service.destroyForcibly().waitFor();
    }

    /** Waits for the step, and stops the service when it does not come. */
    private static void await(Process service, BooleanSupplier step) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        try {
            while (!step.getAsBoolean()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                assertThat(service.isAlive()).as("the service runs").isTrue();
                Thread.sleep(1);
            }
        } catch (AssertionError late) {
            service.destroy();
            throw late;
        }
    }

    private static long files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.count();
        } catch (IOException | RuntimeException absentOrChanging) {
            return 0;
        }
    }

    @Test
    void completesTheMigrationAfterAKillDuringIt() throws Exception {
        for (int applied : List.of(0, 3, 6)) {
            Process service = odometer();
            await(service, () -> applied() >= applied);
            service.destroyForcibly().waitFor();
        }

        Process service = odometer();
        try {
            assertThat(Services.awaitLine(service, "Odometer listens on ")).isNotEmpty();
        } finally {
            service.destroy();
            service.waitFor(2, TimeUnit.MINUTES);
        }
    }

    private Process odometer() throws IOException {
        return Services.java(Odometer.class, "--server.port=0", "--odometer.data-dir=" + folder);
    }

    /** The number of applied migrations, or -1 without a table of them. */
    private int applied() {
        try {
            String port = Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                    .get(3);
            String password = Files.readString(folder.resolve("password"));
            try (var connection = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password);
                    var rows = connection.createStatement().executeQuery("select count(*) from odometer_migration")) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (IOException | SQLException | IndexOutOfBoundsException notYet) {
            // The server or the table does not exist yet.
            return -1;
        }
    }

    /** As the library leaves them, which it could never complete. */
    @Test
    void replacesHalfUnpackedProgramsOfTheLibrary() throws Exception {
        Process service = Services.start(folder);
        Services.awaitLine(service, "ready");
        service.destroy();
        service.waitFor();
        Path programs;
        try (Stream<Path> unpacked = Files.list(folder.resolve("programs"))) {
            programs = unpacked.findFirst().orElseThrow();
        }
        Files.delete(programs.resolve(".exists"));
        Files.delete(programs.resolve("bin/initdb"));

        try (var database = EmbeddedDatabase.start(folder)) {
            assertThat(programs.resolve("bin/initdb")).isExecutable();
            assertThat(database.url()).isNotEmpty();
        }
    }
}
