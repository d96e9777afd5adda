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

    private final ExportsFixture fixture = new ExportsFixture();

    @Test
    void writesValuesWithAllTheirDigits() {
        fixture.meter("tokens");
        fixture.used("acme", "2026-11-01T00:10:00Z", new BigDecimal("0.1234567890123456789"));
        fixture.used("acme", "2026-11-01T00:50:00Z", 2);
        fixture.used("say \"a,b\"", "2026-11-01T23:59:59Z", 3);
        fixture.used("acme", "2026-11-02T00:00:00Z", 4);
        Export export = fixture.request(0);

        fixture.run();

        assertThat(fixture.file(export, "tokens")).contains("""
                meter,window_start,window_end,subject,value
                tokens,2026-11-01T00:00:00Z,2026-11-01T01:00:00Z,acme,2.1234567890123456789
                tokens,2026-11-01T23:00:00Z,2026-11-02T00:00:00Z,"say ""a,b""\",3
                """);
    }

    @Test
    void neutralizesFormulasInCsvButNotNumbers() {
        fixture.meter("tokens");
        fixture.used("=HYPERLINK(\"http://evil\")", "2026-11-01T00:10:00Z", new BigDecimal("-2"));
        Export export = fixture.request(0);

        fixture.run();

        assertThat(fixture.file(export, "tokens").orElseThrow()).contains("""
                ,"'=HYPERLINK(""http://evil"")",-2
                """);
    }

    @Test
    void reportsFilesRowsAndTheTimeTheyCover() {
        fixture.meter("tokens");
        fixture.meter("calls");
        fixture.used("acme", "2026-11-01T00:10:00Z", 1);
        Export export = fixture.request(0);

        fixture.run();

        Export done = fixture.current(export);
        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.countedUntil()).contains(ExportsFixture.NOW);
        assertThat(done.files()).extracting(ExportedFile::meter).containsExactly("calls", "tokens");
        assertThat(done.files().get(0).name().key())
                .isEqualTo("usage/calls/20261101T000000Z--20261102T000000Z-hour-Z.csv");
        assertThat(done.files()).extracting(ExportedFile::rows).containsExactly(1L, 1L);
    }

    @Test
    void writesOnlyTheRequestedMeters() {
        fixture.meter("tokens");
        fixture.meter("calls");
        Export export = fixture.request(0, "calls");

        fixture.run();

        assertThat(fixture.file(export, "calls")).contains("meter,window_start,window_end,subject,value\n");
        assertThat(fixture.file(export, "tokens")).isEmpty();
    }

    @Test
    void writesAFileOnce() {
        fixture.meter("tokens");
        Export export = fixture.request(0);
        fixture.run();
        fixture.used("acme", "2026-11-01T00:10:00Z", 1);

        fixture.run();
        fixture.request(0);
        fixture.run();

        assertThat(fixture.file(export, "tokens").orElseThrow()).doesNotContain("acme");
    }

    @Test
    void continuesWhereTheTimeRanOut() {
        List.of("a", "b", "c").forEach(fixture::meter);
        Export export = fixture.request(0);

        assertThatThrownBy(() -> fixture.run(Duration.ofSeconds(15)))
                .isInstanceOf(Refusal.class)
                .hasMessage("no time is left to write all exports");
        assertThat(fixture.current(export).files())
                .extracting(ExportedFile::meter)
                .containsExactly("a", "b");
        fixture.run(Duration.ofSeconds(15));

        assertThat(fixture.current(export).status()).isEqualTo(Status.DONE);
        assertThat(fixture.current(export).files())
                .extracting(ExportedFile::meter)
                .containsExactly("a", "b", "c");
    }

    @Test
    void failsAnExportAfterFiveFailedAttempts() {
        fixture.meter("tokens");
        Export failing = fixture.request(1);
        fixture.failure = new IllegalStateException("out of memory");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(fixture::run).hasMessage("out of memory");
        }
        fixture.failure = null;
        Export healthy = fixture.request(2);
        fixture.run();

        assertThat(fixture.current(failing).status()).isEqualTo(Status.FAILED);
        assertThat(fixture.current(failing).reason()).contains("5 attempts");
        assertThat(fixture.current(healthy).status()).isEqualTo(Status.DONE);
    }

    @Test
    void failsAnExportThatIsTooLargeForACall() {
        fixture.meter("tokens");
        Export export = fixture.request(new ExportRequest(
                ExportsFixture.FROM,
                ExportsFixture.FROM.plusSeconds(86_400),
                WindowSize.MINUTE,
                ZoneId.of("UTC"),
                List.of(),
                Format.CSV,
                0));
        fixture.timePerCheck = Duration.ofMillis(100);

        int refusals = fixture.runsUntilDone(Duration.ofSeconds(3));

        // The file takes more than 60 queries, and a call has time for 20.
        assertThat(refusals).isEqualTo(5);
        assertThat(fixture.current(export).status()).isEqualTo(Status.FAILED);
        assertThat(fixture.file(export, "tokens")).isEmpty();
    }

    @Test
    void retriesAnUnavailableStoreWithoutLimit() {
        fixture.meter("tokens");
        Export export = fixture.request(0);
        fixture.failure = Refusal.unavailable("the store does not respond", new IllegalStateException());
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(fixture::run).isSameAs(fixture.failure);
        }

        fixture.failure = null;
        fixture.run();

        assertThat(fixture.current(export).status()).isEqualTo(Status.DONE);
    }

    @Test
    void failsWhenTheStoreRefusesTheFile() {
        fixture.meter("tokens");
        Export export = fixture.request(0);
        fixture.failure = Refusal.notFound("bucket not found: b");

        fixture.run();

        assertThat(fixture.current(export).status()).isEqualTo(Status.FAILED);
        assertThat(fixture.current(export).reason()).isEqualTo("bucket not found: b");
    }

    @Test
    void failsWhenAMeterDoesNotExist() {
        Export export = fixture.request(0, "gone");

        fixture.run();

        assertThat(fixture.current(export).reason()).isEqualTo("meter not found: gone");
    }

    /** Compares with one query of the whole period, in a zone whose clocks change within it. */
    @Property(tries = 150)
    void adaptiveQueriesReturnTheSameRowsAsOneQuery(
            @ForAll @Size(max = 30) List<@IntRange(max = 4 * 86_400) Integer> seconds,
            @ForAll WindowSize size,
            @ForAll @IntRange(max = 86_400) int offset,
            @ForAll @IntRange(min = 1, max = 3 * 86_400) int length) {
        var fresh = new ExportsFixture();
        Instant first = Instant.parse("2026-10-23T00:00:00Z");
        Meter meter = fresh.meter("tokens");
        seconds.forEach(
                second -> fresh.used("s" + second % 3, first.plusSeconds(second).toString(), second));
        Instant from = first.plusSeconds(offset);
        Instant to = from.plusSeconds(length);
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Export export = fresh.request(new ExportRequest(from, to, size, zone, List.of(), Format.CSV, 0));

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
