package dev.odometer.event.functions.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UsagePartsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final ExportsFixture fixture = new ExportsFixture();
    private final Meter meter = fixture.meter("tokens");

    private static ExportRequest twoHours() {
        Instant from = ExportsFixture.FROM;
        return new ExportRequest(from, from.plusSeconds(7200), WindowSize.HOUR, ZONE, List.of(), Format.CSV, 0);
    }

    private void usedBy(int subjects, String time) {
        for (int i = 0; i < subjects; i++) {
            fixture.used("s%03d".formatted(i), time, i);
        }
    }

    private List<List<UsageRow>> parts(ExportRequest request, int maxRows) {
        var parts = new UsageParts(fixture.log, request, meter, maxRows);
        var read = new ArrayList<List<UsageRow>>();
        while (parts.hasNext()) {
            read.add(parts.next());
        }
        return read;
    }

    @Test
    void readsAWindowOfManySubjectsInParts() {
        usedBy(100, "2026-11-01T00:10:00Z");

        List<List<UsageRow>> parts = parts(twoHours(), 30);

        assertThat(parts.stream().mapToInt(List::size))
                .containsExactly(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0, 0);
    }

    @Test
    void readsAWindowAtOnceAfterAWindowOfFewSubjects() {
        usedBy(100, "2026-11-01T00:10:00Z");
        usedBy(15, "2026-11-01T01:10:00Z");
        usedBy(16, "2026-11-01T02:10:00Z");
        Instant from = ExportsFixture.FROM;
        var hours = new ExportRequest(from, from.plusSeconds(10_800), WindowSize.HOUR, ZONE, List.of(), Format.CSV, 0);

        List<List<UsageRow>> parts = parts(hours, 30);

        assertThat(parts.stream().mapToInt(List::size))
                .containsExactly(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0, 10, 5, 16);
    }

    /** Compares with one query of the whole period, in a zone whose clocks change within it. */
    @Property(tries = 300)
    void partsHaveTheRowsOfOneQueryAndAreBounded(
            @ForAll @Size(max = 60) List<@IntRange(max = 4 * 86_400) Integer> seconds,
            @ForAll WindowSize size,
            @ForAll @IntRange(max = 86_400) int offset,
            @ForAll @IntRange(min = 1, max = 3 * 86_400) int length,
            @ForAll @IntRange(min = 3, max = 40) int maxRows,
            @ForAll @IntRange(min = 1, max = 50) int subjects) {
        var test = new UsagePartsTest();
        Instant first = Instant.parse("2026-10-23T00:00:00Z");
        seconds.forEach(second -> test.fixture.used(
                "s" + second % subjects, first.plusSeconds(second).toString(), second));
        Instant from = first.plusSeconds(offset);
        var range = new Range(from, from.plusSeconds(length));
        var request = new ExportRequest(from, from.plusSeconds(length), size, ZONE, List.of(), Format.CSV, 0);

        List<List<UsageRow>> parts = test.parts(request, maxRows);

        var whole = new UsageQuery(test.meter, range, size, ZONE, null, null, true, false, List.of(), Map.of());
        assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(test.fixture.log.query(whole));
        assertThat(parts).allMatch(part -> part.size() <= maxRows);
    }
}
