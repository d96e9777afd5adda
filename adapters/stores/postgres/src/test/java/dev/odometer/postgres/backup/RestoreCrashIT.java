package dev.odometer.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A restore that is killed at any step leaves an empty database, and the next one completes it. */
@Tag("long")
class RestoreCrashIT {

    private static final int ROWS = 300_000;

    /** What is seen in the database when a restore has come to a step. */
    private static final List<String> STEPS = List.of(
            "select to_regnamespace('odometer_restore') is not null",
            "select to_regclass('odometer_restore.customer') is not null",
            "select to_regclass('odometer_restore.invoice_hand_off') is not null",
            "select exists (select from pg_stat_progress_copy where relid::regclass::text like '%usage_event'"
                    + " and tuples_processed > 1000)",
            "select exists (select from pg_stat_progress_copy where relid::regclass::text like '%usage_event'"
                    + " and tuples_processed > 200000)",
            "select exists (select from odometer_restore.usage_event)",
            "select exists (select from pg_stat_activity where datname = current_database() and query like 'analyze%')");

    @TempDir
    Path folder;

    private final DataSource target = TestDatabase.newDatabase("restore_crash");

    @Test
    void completesARestoreThatWasKilledAtEveryStep() throws Exception {
        DataSource original = EveryTable.filled("restore_crash_original");
        JdbcClient.create(original)
                .sql("insert into usage_event (key, position, attributes, id, subject, happened_at, recorded_at, data)"
                        + " select int8send(n), n, 1, n::text, 'acme', n, n, repeat('x', 200)"
                        + " from generate_series(1, " + ROWS + ") n")
                .update();
        Path file = folder.resolve("odometer.backup");
        EveryTable.backups(original).write(file);

        for (String step : STEPS) {
            Process restore = start(file);
            await(restore, step);
            restore.destroyForcibly().waitFor();
            assertThat(EveryTable.tables(target)).as(step).isEmpty();
        }
        Process last = start(file);

        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).as(log()).isZero();
        assertThat(EveryTable.digests(target)).isEqualTo(EveryTable.digests(original));
        assertThat(EveryTable.sequences(target)).isEqualTo(EveryTable.sequences(original));
    }

    private Process start(Path file) throws Exception {
        // The server may not yet have noticed that the last one is gone.
        String busy =
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (JdbcClient.create(target).sql(busy).query(Integer.class).single() > 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
        String url = TestDatabase.url().replace("/postgres?", "/restore_crash?");
        return RestoreProcess.start(url, file, folder.resolve("log"));
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }

    private void await(Process restore, String step) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!isReached(step)) {
            assertThat(System.nanoTime()).as(step).isLessThan(end);
            assertThat(restore.isAlive()).as("%s: %s", step, log()).isTrue();
            Thread.sleep(1);
        }
    }

    private boolean isReached(String step) {
        try {
            return JdbcClient.create(target).sql(step).query(Boolean.class).single();
        } catch (org.springframework.dao.DataAccessException notYet) {
            // The table does not exist yet.
            return false;
        }
    }
}
