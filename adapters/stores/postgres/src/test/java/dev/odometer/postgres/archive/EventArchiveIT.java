package dev.odometer.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.rollup.Pace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventArchiveIT extends ArchiveFixture {

    @Test
    void movesTheEventsOfPastDaysToFiles() {
        archiveAll();

        assertThat(rows("usage_event")).isZero();
        assertThat(archivedFiles()).hasSize(3);
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(rows("archive_leftover")).isZero();
    }

    @Test
    void keepsTheEventsOfOtherDays() {
        while (archive.archive(DAY.plus(Duration.ofHours(23)))) {}

        assertThat(rows("usage_event")).isEqualTo(EVENTS);
    }

    @Test
    void describesEachFileInAManifest() {
        archiveAll();
        FileName first = archivedFiles().get(0);

        Map<String, @Nullable Object> manifest =
                DataJson.object(files.text(ArchiveFiles.manifest(first)).orElseThrow());

        assertThat(first.key()).matches("events/2026-01-10/\\d{12}-[0-9a-f]{8}\\.ndjson\\.zst");
        assertThat(manifest.get("events")).hasToString("20");
        assertThat(manifest.get("firstTime")).isEqualTo("2026-01-10T00:00:17Z");
        assertThat(manifest.get("sha256"))
                .isEqualTo(new Sha256().add(bytes(first)).hex());
        int unpacked = lines(first).mapToInt(line -> line.length() + 1).sum();
        assertThat(manifest.get("uncompressedBytes")).hasToString("" + unpacked);
    }

    @Test
    void countsRepeatsOfArchivedEventsOnce() {
        archiveAll();

        var again = new ArrayList<>(events());
        again.add(event("new", DAY, "acme"));
        List<Receipt> receipts = store.usage().append(again);

        assertThat(receipts.subList(0, EVENTS)).containsOnly(Receipt.ALREADY_RECORDED);
        assertThat(receipts.get(EVENTS)).isEqualTo(Receipt.RECORDED);
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("76.5");
        assertThat(rows("usage_event")).isOne();
    }

    @Test
    void readsTheEdgesOfARangeInsideAMinute() {
        var range = new Range(DAY.plusSeconds(1200 * 3 + 17), DAY.plusSeconds(1200 * 8 + 18));
        BigDecimal before = total(store, meter("before"), range);

        archiveAll();

        assertThat(before).isEqualByComparingTo("9");
        assertThat(total(store, meter("before"), range)).isEqualByComparingTo("9");
    }

    @Test
    void aLaterMeterCountsTheArchive() {
        archiveAll();

        store.meters().add(meter("after"));

        assertThat(total(store, meter("after"), Range.ALL)).isEqualByComparingTo("75");
    }

    @Test
    void refusesTotalsThatLackTheArchive() {
        archiveAll();
        PostgresStore slow = TestDatabase.store(CLOCK, new Pace(64, 64_000, 20_000, 0));
        EventArchive counting = TestDatabase.archive(slow, files, LIMITS);
        slow.meters().add(meter("after"));

        assertThatThrownBy(() -> total(slow, meter("after"), Range.ALL))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.UNAVAILABLE))
                .hasMessageContaining("0 of 3 archived files are counted");
        assertThat(counting.count()).isTrue();
        while (counting.count()) {}
        assertThat(total(slow, meter("after"), Range.ALL)).isEqualByComparingTo("75");
    }

    @Test
    void aListOfArchivedTimeNamesTheBoundary() {
        archiveAll();

        assertThatThrownBy(() -> store.usage().list(upTo(DAY.plusSeconds(60))))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.CONFLICT))
                .hasMessageContaining("events before 2026-01-11T00:00:00Z are archived");
        assertThat(store.usage().list(upTo(LATER))).isEmpty();
    }

    private static EventSearch upTo(Instant end) {
        return new EventSearch(null, null, null, null, null, TimeFilter.of(TimeFilter.Op.LT, end), null, null, 10);
    }

    @Test
    void archivesLateEventsOnceTheyAreWorthAFile() {
        archiveAll();
        store.usage().append(List.of(event("late-1", DAY.plusSeconds(5), "acme")));
        archiveAll();
        int afterOne = rows("usage_event");
        store.usage().append(List.of(event("late-2", DAY.plusSeconds(6), "acme")));
        archiveAll();

        assertThat(afterOne).isOne();
        assertThat(rows("usage_event")).isZero();
        assertThat(total(store, meter("before"), Range.ALL)).isEqualByComparingTo("78");
    }
}
