package dev.odometer.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.archive.ArchiveMaintenance.Changed;
import dev.odometer.functions.archive.ArchiveMaintenance.Period;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventRestoreIT extends ArchiveFixture {

    private static final Instant HELD_UNTIL = NOW.plus(Duration.ofDays(30));
    private static final Period ALL = new Period(DAY, DAY.plus(Duration.ofDays(1)), HELD_UNTIL);

    private final List<String> progress = new ArrayList<>();

    private Changed restore() {
        return archive.restore(ALL, progress::add);
    }

    private long keys() {
        return sql.sql("select coalesce(sum(octet_length(keys)) / 15, 0) from archive_identity")
                .query(Long.class)
                .single();
    }

    private long countedKeys() {
        return sql.sql("select coalesce(sum(keys), 0) from archive_era")
                .query(Long.class)
                .single();
    }

    @Test
    void bringsTheEventsOfDaysBack() {
        List<RecordedEvent> before = listed();
        archiveAll();

        Changed restored = restore();

        assertThat(restored).isEqualTo(new Changed(EVENTS, 3, List.of()));
        assertThat(listed()).isEqualTo(before);
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("75");
        assertThat(progress).hasSize(3).allMatch(line -> line.matches("archive/events/2026-01-10/.+: (20|10) events"));
    }

    @Test
    void removesTheFilesAndTheKeys() {
        archiveAll();

        restore();

        assertThat(files.names()).isEmpty();
        assertThat(rows("archive_part")).isZero();
        assertThat(rows("archive_block")).isZero();
        assertThat(rows("archive_leftover")).isZero();
        assertThat(keys()).isZero();
        assertThat(countedKeys()).isZero();
    }

    @Test
    void keepsTheKeysOfOtherDays() {
        Instant next = DAY.plus(Duration.ofDays(1));
        store.usage().append(List.of(event("next-1", next, "acme"), event("next-2", next, "acme")));
        archiveAll();

        archive.restore(new Period(next, LATER, HELD_UNTIL), progress::add);

        assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
        assertThat(listed()).extracting(one -> one.event().id()).containsExactlyInAnyOrder("next-1", "next-2");
        assertThat(keys()).isEqualTo(EVENTS);
        assertThat(countedKeys()).isEqualTo(EVENTS);
    }

    @Test
    void aRepeatOfARestoredEventIsARepeat() {
        archiveAll();
        restore();

        assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
        assertThat(rows("usage_event")).isEqualTo(EVENTS);
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("75");
    }

    @Test
    void aLaterMeterCountsRestoredEventsOnce() {
        archiveAll();
        restore();

        store.meters().add(meter("after"));

        assertThat(total(store, meter("after"), Range.ALL)).isEqualByComparingTo("75");
    }

    @Test
    void restoringAgainChangesNothing() {
        archiveAll();
        restore();

        assertThat(restore()).isEqualTo(new Changed(0, 0, List.of()));
        assertThat(rows("usage_event")).isEqualTo(EVENTS);
    }

    @Test
    void doesNotArchiveTheDaysAgainBeforeTheHoldEnds() {
        archiveAll();
        restore();

        archiveAll();
        int held = rows("usage_event");
        Clock later = Clock.fixed(HELD_UNTIL, java.time.ZoneOffset.UTC);
        EventArchive afterwards = TestDatabase.archive(TestDatabase.store(later, Pace.DEFAULT), files, LIMITS);
        while (afterwards.archive(LATER)) {}

        assertThat(held).isEqualTo(EVENTS);
        assertThat(rows("usage_event")).isZero();
        assertThat(keys()).isEqualTo(EVENTS);
    }

    @Test
    void namesADamagedFileAndRestoresTheOthers() {
        archiveAll();
        FileName first = archivedFiles().get(0);
        byte[] intact = bytes(first);
        byte[] damaged = intact.clone();
        damaged[damaged.length / 2] ^= 1;
        files.put(first, damaged, null);

        Changed restored = restore();

        assertThat(restored.events()).isEqualTo(30);
        assertThat(restored.problems()).singleElement().asString().contains(first.key(), "damaged");
        assertThat(archivedFiles()).containsExactly(first);
        assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
        files.put(first, intact, null);
        assertThat(restore()).isEqualTo(new Changed(20, 1, List.of()));
    }

    @Test
    void namesAMissingFile() {
        archiveAll();
        FileName last = archivedFiles().get(2);
        files.delete(last);

        Changed restored = restore();

        assertThat(restored.events()).isEqualTo(40);
        assertThat(restored.problems()).singleElement().asString().contains(last.key(), "does not exist");
        assertThat(archivedFiles()).containsExactly(last);
    }

    @Test
    void needsAFileStore() {
        archiveAll();
        PostgresStore without = TestDatabase.store(CLOCK, Pace.DEFAULT);

        assertThatThrownBy(() -> without.archive().restore(ALL, progress::add))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.CONFLICT))
                .hasMessageContaining("odometer.files.store");
        assertThat(rows("archive_part")).isEqualTo(3);
    }

    @Test
    void losesAndDoublesNothingWhereverTheProcessEnds() {
        List<RecordedEvent> before = listed();
        archiveAll();
        int crashes = 0;
        for (boolean isDone = false; !isDone; crashes++) {
            isDone = isRestored(crashes);

            assertThat(stored()).containsExactlyInAnyOrderElementsOf(ids());
            assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("75");
            assertThat(store.usage().append(events())).containsOnly(Receipt.ALREADY_RECORDED);
        }
        assertThat(crashes).isGreaterThan(30);
        assertThat(listed()).isEqualTo(before);
        assertThat(files.names()).isEmpty();
        assertThat(countedKeys()).isZero();
    }

    private boolean isRestored(int steps) {
        var source = new CrashingSource(TestDatabase.source(), steps);
        EventArchive crashing = TestDatabase.archive(
                TestDatabase.store(source, CLOCK, Pace.DEFAULT), new CrashingFiles(files, source), LIMITS);
        try {
            crashing.restore(ALL, progress::add);
            return true;
        } catch (CrashingSource.Crash ended) {
            return false;
        }
    }

    @Test
    void countsRepeatsOnceWhileEventsMoveInBothDirections() throws Exception {
        var threads = Executors.newFixedThreadPool(3);
        var isMoving = new AtomicBoolean(true);
        Period unheld = new Period(ALL.from(), ALL.to(), NOW);
        Callable<Set<Receipt>> sender = () -> {
            var receipts = new java.util.HashSet<Receipt>();
            PostgresStore own = TestDatabase.store(CLOCK, Pace.DEFAULT);
            while (isMoving.get()) {
                receipts.addAll(own.usage().append(events()));
            }
            return receipts;
        };
        try {
            var first = threads.submit(sender);
            var second = threads.submit(sender);
            for (int i = 0; i < 20; i++) {
                archiveAll();
                archive.restore(unheld, progress::add);
            }
            isMoving.set(false);

            assertThat(first.get()).containsOnly(Receipt.ALREADY_RECORDED);
            assertThat(second.get()).containsOnly(Receipt.ALREADY_RECORDED);
        } finally {
            isMoving.set(false);
            threads.shutdownNow();
        }
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("75");
    }
}
