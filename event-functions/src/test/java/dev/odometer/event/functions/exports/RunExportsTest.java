package dev.odometer.event.functions.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.Export.Status;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.ExportedFile;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RunExportsTest {

    private final Lab lab = new Lab();

    @Test
    void writesEveryNumberWithAllItsDigits() {
        lab.meter("tokens");
        lab.used("acme", "2026-11-01T00:10:00Z", new BigDecimal("0.1234567890123456789"));
        lab.used("acme", "2026-11-01T00:50:00Z", 2);
        lab.used("say \"a,b\"", "2026-11-01T23:59:59Z", 3);
        lab.used("acme", "2026-11-02T00:00:00Z", 4);
        Export export = lab.asked(0);

        lab.run();

        assertThat(lab.file(export, "tokens")).contains("""
                meter,window_start,window_end,subject,value
                tokens,2026-11-01T00:00:00Z,2026-11-01T01:00:00Z,acme,2.1234567890123456789
                tokens,2026-11-01T23:00:00Z,2026-11-02T00:00:00Z,"say ""a,b""\",3
                """);
    }

    @Test
    void saysWhereTheFilesAreAndUpToWhenTheyCount() {
        lab.meter("tokens");
        lab.meter("calls");
        lab.used("acme", "2026-11-01T00:10:00Z", 1);
        Export export = lab.asked(0);

        lab.run();

        Export done = lab.now(export);
        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.countedUntil()).contains(Lab.NOW);
        assertThat(done.files()).extracting(ExportedFile::meter).containsExactly("calls", "tokens");
        assertThat(done.files().get(0).name().key())
                .isEqualTo("usage/calls/20261101T000000Z--20261102T000000Z-hour-Z.csv");
        assertThat(done.files()).extracting(ExportedFile::rows).containsExactly(1L, 1L);
    }

    @Test
    void writesTheMetersAskedForOnly() {
        lab.meter("tokens");
        lab.meter("calls");
        Export export = lab.asked(0, "calls");

        lab.run();

        assertThat(lab.file(export, "calls")).contains("meter,window_start,window_end,subject,value\n");
        assertThat(lab.file(export, "tokens")).isEmpty();
    }

    @Test
    void writesAFileOnceHoweverOftenItIsCalled() {
        lab.meter("tokens");
        Export export = lab.asked(0);
        lab.run();
        lab.used("acme", "2026-11-01T00:10:00Z", 1);

        lab.run();
        lab.asked(0);
        lab.run();

        assertThat(lab.file(export, "tokens").orElseThrow()).doesNotContain("acme");
    }

    @Test
    void goesOnWhereTheTimeRanOut() {
        List.of("a", "b", "c").forEach(lab::meter);
        Export export = lab.asked(0);

        assertThatThrownBy(() -> lab.run(Duration.ofSeconds(15)))
                .isInstanceOf(Refusal.class)
                .hasMessage("there was no time left for all exports");
        assertThat(lab.now(export).files()).extracting(ExportedFile::meter).containsExactly("a", "b");
        lab.run(Duration.ofSeconds(15));

        assertThat(lab.now(export).status()).isEqualTo(Status.DONE);
        assertThat(lab.now(export).files()).extracting(ExportedFile::meter).containsExactly("a", "b", "c");
    }

    @Test
    void givesUpAFileThatBreaksWhateverTriesIt() {
        lab.meter("tokens");
        Export hopeless = lab.asked(1);
        lab.failure = new IllegalStateException("out of memory");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(lab::run).hasMessage("out of memory");
        }
        lab.failure = null;
        Export fine = lab.asked(2);
        lab.run();

        assertThat(lab.now(hopeless).status()).isEqualTo(Status.FAILED);
        assertThat(lab.now(hopeless).reason()).contains("5 attempts");
        assertThat(lab.now(fine).status()).isEqualTo(Status.DONE);
    }

    @Test
    void givesUpAFileThatNoCallHasTheTimeFor() {
        lab.meter("tokens");
        Export export = lab.asked(new ExportRequest(
                Lab.FROM, Lab.FROM.plusSeconds(86_400), WindowSize.MINUTE, ZoneId.of("UTC"), List.of(), Format.CSV, 0));
        lab.look = Duration.ofMillis(100);

        int refusals = lab.runsUntilDone(Duration.ofSeconds(3));

        // There are more than 60 pieces, and time for 20.
        assertThat(refusals).isEqualTo(5);
        assertThat(lab.now(export).status()).isEqualTo(Status.FAILED);
        assertThat(lab.file(export, "tokens")).isEmpty();
    }

    @Test
    void waitsForAStoreThatIsAwayHoweverLong() {
        lab.meter("tokens");
        Export export = lab.asked(0);
        lab.failure = Refusal.unavailable("the store does not answer", new IllegalStateException());
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(lab::run).isSameAs(lab.failure);
        }

        lab.failure = null;
        lab.run();

        assertThat(lab.now(export).status()).isEqualTo(Status.DONE);
    }

    @Test
    void endsWhereTheStoreSaysNo() {
        lab.meter("tokens");
        Export export = lab.asked(0);
        lab.failure = Refusal.notFound("there is no such bucket");

        lab.run();

        assertThat(lab.now(export).status()).isEqualTo(Status.FAILED);
        assertThat(lab.now(export).reason()).isEqualTo("there is no such bucket");
    }

    @Test
    void endsWhereAMeterIsNoMore() {
        Export export = lab.asked(0, "gone");

        lab.run();

        assertThat(lab.now(export).reason()).isEqualTo("meter not found: gone");
    }

    /** Against one question about the whole period, in a zone that jumps in the middle of it. */
    @Property(tries = 150)
    void givesThePiecesTheSameNumbersAsTheWhole(
            @ForAll @Size(max = 30) List<@IntRange(max = 4 * 86_400) Integer> seconds,
            @ForAll WindowSize size,
            @ForAll @IntRange(max = 86_400) int begin,
            @ForAll @IntRange(min = 1, max = 3 * 86_400) int length) {
        var fresh = new Lab();
        Instant first = Instant.parse("2026-10-23T00:00:00Z");
        Meter meter = fresh.meter("tokens");
        seconds.forEach(
                second -> fresh.used("s" + second % 3, first.plusSeconds(second).toString(), second));
        Instant from = first.plusSeconds(begin);
        Instant to = from.plusSeconds(length);
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Export export = fresh.asked(new ExportRequest(from, to, size, zone, List.of(), Format.CSV, 0));

        fresh.run(Duration.ofHours(1));

        List<UsageRow> whole = fresh.log.query(
                new UsageQuery(meter, new Range(from, to), size, zone, null, null, true, false, List.of(), Map.of()));
        assertThat(fresh.file(export, "tokens").orElseThrow().lines().skip(1))
                .containsExactlyElementsOf(whole.stream()
                        .map(row -> "tokens," + row.window().start() + ","
                                + row.window().end() + "," + row.subject() + ","
                                + row.value().toPlainString())
                        .collect(Collectors.toList()));
    }
}
