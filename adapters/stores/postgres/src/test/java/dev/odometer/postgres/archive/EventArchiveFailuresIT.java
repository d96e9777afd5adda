package dev.odometer.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventArchiveFailuresIT extends ArchiveFixture {

    @Test
    void refusesAQueryThatNeedsAMissingOrDamagedFile() {
        archiveAll();
        FileName first = archivedFiles().get(0);
        var edge = new Range(DAY.plusSeconds(10), DAY.plusSeconds(1200));
        byte[] damaged = bytes(first);
        damaged[damaged.length / 8] ^= 1;

        files.put(first, damaged, null);
        assertThatThrownBy(() -> total(store, meter("before"), edge))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.UNAVAILABLE))
                .hasMessageContaining(first.key())
                .hasMessageContaining("damaged");
        files.delete(first);
        assertThatThrownBy(() -> total(store, meter("before"), edge))
                .hasMessageContaining(first.key())
                .hasMessageContaining("does not exist");
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("75");
    }

    @Test
    void refusesToArchiveWithoutAFileStore() {
        PostgresStore without = TestDatabase.store(CLOCK, Pace.DEFAULT);

        assertThatThrownBy(() -> without.archive().archive(LATER))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.CONFLICT));
        assertThat(rows("usage_event")).isEqualTo(EVENTS);
    }

    @Test
    void deletesNothingIfTheStoreReturnsAnotherContent() {
        FileStore forgetful = new FileStore() {
            @Override
            public FileContent open(FileName name, @Nullable String version, long from) {
                return files.open(name, version, from + 1);
            }

            @Override
            public void write(FileName name, String contentType, Content content) {
                files.write(name, contentType, content);
            }

            @Override
            public void delete(FileName name) {
                files.delete(name);
            }
        };

        assertThatThrownBy(() -> TestDatabase.archive(store, forgetful, LIMITS).archive(LATER))
                .hasMessageContaining("damaged");

        assertThat(rows("usage_event")).isEqualTo(EVENTS);
        assertThat(rows("archive_part")).isZero();
    }

    @Test
    void losesAndDoublesNothingWhereverTheProcessEnds() {
        int crashes = 0;
        for (boolean isDone = false; !isDone; crashes++) {
            isDone = isArchived(crashes);

            assertThat(stored()).containsExactlyInAnyOrderElementsOf(ids());
            assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("75");
            assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
        }
        assertThat(crashes).isGreaterThan(40);
        deleteLeftovers();
        assertThat(fileNames()).hasSize(2 * archivedFiles().size());
    }

    /** Archives until the process ends at a step; false if it ended before all was archived. */
    private boolean isArchived(int steps) {
        var source = new CrashingSource(TestDatabase.source(), steps);
        EventArchive crashing = TestDatabase.archive(
                TestDatabase.store(source, CLOCK, Pace.DEFAULT), new CrashingFiles(files, source), LIMITS);
        try {
            while (crashing.archive(LATER)) {}
            return rows("usage_event") == 0;
        } catch (CrashingSource.Crash ended) {
            return false;
        }
    }

    private List<FileName> fileNames() {
        return files.names();
    }

    @Test
    void twoArchiversMoveEachEventOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(3);
        try {
            Callable<Object> archiver = () -> {
                EventArchive own = TestDatabase.archive(TestDatabase.store(CLOCK, Pace.DEFAULT), files, LIMITS);
                for (int i = 0; i < 100; i++) {
                    try {
                        own.archive(LATER);
                    } catch (Refusal busy) {
                        assertThat(busy.kind()).isEqualTo(RefusalKind.UNAVAILABLE);
                    }
                }
                return true;
            };
            Callable<Object> sender = () -> {
                for (int i = 0; i < 40; i++) {
                    assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
                }
                return true;
            };
            for (var done : threads.invokeAll(List.of(archiver, archiver, sender))) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(stored()).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(rows("usage_event")).isZero();
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("75");
    }
}
