package dev.odometer.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.archive.ArchiveMaintenance.Changed;
import dev.odometer.functions.file.FileName;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 50 events of acme and 10 of a person, of which two are on a day that is not archived. */
class EventErasureIT extends ArchiveFixture {

    private static final String PERSON = "\"Jörg\"\\person";

    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void countsAPerson() {
        store.usage().append(personal());
    }

    private static List<UsageEvent> personal() {
        // Before, among and after the events of acme.
        return IntStream.range(0, 10)
                .mapToObj(i -> event("p-" + i, DAY.plus(Duration.ofHours(6L * i)), PERSON))
                .toList();
    }

    private static List<UsageEvent> all() {
        return Stream.concat(events().stream(), personal().stream()).toList();
    }

    private void archiveTheFirstDay() {
        Instant end = DAY.plus(Duration.ofDays(1));
        while (archive.archive(end)) {}
    }

    private Changed erase() {
        return archive.erase(PERSON, progress::add);
    }

    /** The totals of all events, and the repeats of all of them. */
    private void requireCountedOnce() {
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("90");
        assertThat(store.usage().append(all())).containsOnly(Receipt.ALREADY_RECORDED);
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("90");
    }

    @Test
    void erasesTheEventsInTheDatabase() {
        List<RecordedEvent> others = listed().stream()
                .filter(one -> !one.event().subject().equals(PERSON))
                .toList();

        Changed erased = erase();

        assertThat(erased).isEqualTo(new Changed(10, 0, List.of()));
        assertThat(listed()).isEqualTo(others);
        requireCountedOnce();
    }

    @Test
    void erasesTheEventsInFiles() {
        archiveTheFirstDay();
        List<String> others = archivedFiles().stream()
                .flatMap(this::lines)
                .filter(line -> !EventLine.parse(line).event().subject().equals(PERSON))
                .toList();

        Changed erased = erase();

        assertThat(erased.events()).isEqualTo(10);
        assertThat(erased.problems()).isEmpty();
        assertThat(archivedFiles().stream().flatMap(this::lines)).containsExactlyInAnyOrderElementsOf(others);
        assertThat(files.names()).hasSize(2 * archivedFiles().size());
        assertThat(files.names().stream().filter(name -> name.key().endsWith(".zst")))
                .containsExactlyInAnyOrderElementsOf(archivedFiles());
        requireCountedOnce();
    }

    @Test
    void saysHowManyEventsItErasesAndNotWhose() {
        archiveTheFirstDay();

        erase();

        assertThat(progress.get(0)).isEqualTo("the database: 6 events");
        assertThat(progress).noneMatch(line -> line.contains("person"));
    }

    @Test
    void keepsTheWindowsOfErasedEvents() {
        Instant early = DAY.minus(Duration.ofDays(400));
        store.usage().append(List.of(event("early", early, "gone")));

        archive.erase("gone", progress::add);

        assertThat(total(store, meter("before"), new Range(null, DAY))).isEqualByComparingTo("1.5");
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("91.5");
    }

    @Test
    void erasingAgainChangesNothing() {
        archiveTheFirstDay();
        erase();
        List<FileName> before = archivedFiles();

        assertThat(erase()).isEqualTo(new Changed(0, 0, List.of()));
        assertThat(archivedFiles()).isEqualTo(before);
    }

    @Test
    void deletesAFileThatHasNoOtherEvents() {
        Instant other = DAY.minus(Duration.ofDays(5));
        store.usage().append(List.of(event("o-1", other, "alone"), event("o-2", other, "alone")));
        archiveTheFirstDay();
        int before = archivedFiles().size();

        Changed erased = archive.erase("alone", progress::add);

        assertThat(erased).isEqualTo(new Changed(2, 1, List.of()));
        assertThat(archivedFiles()).hasSize(before - 1);
        assertThat(files.names()).hasSize(2 * (before - 1));
    }

    @Test
    void keepsEventsThatNameTheSubjectInTheirData() {
        UsageEvent naming = new UsageEvent(
                "1.0", "n", "s", "call", "acme", DAY, "application/json", null, Map.of("subject", PERSON));
        store.usage().append(List.of(naming));
        archiveTheFirstDay();

        erase();

        assertThat(stored()).hasSize(EVENTS + 1).contains("n");
    }

    @Test
    void countsTheEventsForPendingMetersFirst() {
        archiveTheFirstDay();
        PostgresStore slow = TestDatabase.store(CLOCK, new Pace(64, 64_000, 20_000, 0));
        slow.meters().add(meter("after"));

        erase();

        assertThat(total(store, meter("after"), Range.ALL)).isEqualByComparingTo("90");
    }

    @Test
    void needsNoFileStoreIfNothingIsArchived() {
        PostgresStore without = TestDatabase.store(CLOCK, Pace.DEFAULT);

        assertThat(without.archive().erase(PERSON, progress::add).events()).isEqualTo(10);
        requireCountedOnce();
    }

    @Test
    void erasesAlsoWhereTheArchiveIsOffNow() {
        archiveTheFirstDay();
        PostgresStore off = TestDatabase.store(CLOCK, Pace.DEFAULT);
        off.archiveIn(new ArchiveFiles(() -> java.util.Optional.of(files), "", "events/"));

        assertThat(off.archive().erase(PERSON, progress::add).events()).isEqualTo(10);
    }

    @Test
    void namesADamagedFileAndErasesTheOthers() {
        archiveTheFirstDay();
        FileName first = archivedFiles().get(0);
        byte[] damaged = bytes(first);
        damaged[damaged.length / 2] ^= 1;
        files.put(first, damaged, null);

        Changed erased = erase();

        assertThat(erased.events()).isBetween(7L, 9L);
        assertThat(erased.problems()).singleElement().asString().contains(first.key(), "damaged");
        assertThat(archivedFiles()).contains(first);
    }

    @Test
    void losesNoOtherEventsWhereverTheProcessEnds() {
        archiveTheFirstDay();
        int crashes = 0;
        for (boolean isDone = false; !isDone; crashes++) {
            isDone = isErased(crashes);

            assertThat(stored()).containsAll(ids()).doesNotHaveDuplicates();
            requireCountedOnce();
        }
        assertThat(crashes).isGreaterThan(40);
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(ids());
        deleteLeftovers();
        assertThat(files.names()).hasSize(2 * archivedFiles().size());
    }

    private boolean isErased(int steps) {
        var source = new CrashingSource(TestDatabase.source(), steps);
        EventArchive crashing = TestDatabase.archive(
                TestDatabase.store(source, CLOCK, Pace.DEFAULT), new CrashingFiles(files, source), LIMITS);
        try {
            crashing.erase(PERSON, progress::add);
            return true;
        } catch (CrashingSource.Crash ended) {
            return false;
        }
    }
}
