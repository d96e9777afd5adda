package dev.odometer.metering.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExportRequestTest {

    private static ExportRequest request(String period, WindowSize size, String zone, int revision) {
        return new ExportRequest(
                Instant.parse(period.split("/")[0]),
                Instant.parse(period.split("/")[1]),
                size,
                ZoneId.of(zone),
                List.of("tokens", "calls", "tokens"),
                Format.CSV,
                revision);
    }

    @Test
    void namesAFileByPeriodAndParameters() {
        ExportRequest day = request("2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", WindowSize.HOUR, "Europe/Berlin", 0);
        ExportRequest revised = request("2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", WindowSize.DAY, "UTC", 12);

        assertThat(day.fileOf("tokens")).isEqualTo("tokens/20261101T000000Z--20261102T000000Z-hour-Europe-Berlin.csv");
        assertThat(revised.fileOf("tokens")).isEqualTo("tokens/20261101T000000Z--20261102T000000Z-day-UTC-r12.csv");
    }

    @ParameterizedTest
    @MethodSource("java.time.ZoneId#getAvailableZoneIds")
    void keepsFileNamesInTheFolderForEveryZone(String zone) {
        ExportRequest request = request("2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", WindowSize.HOUR, zone, 0);

        assertThat(request.fileOf("tokens")).matches("tokens/[A-Za-z0-9_+-]+\\.csv");
    }

    @Test
    void deduplicatesAndSortsMeters() {
        assertThat(request("2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", WindowSize.HOUR, "UTC", 0)
                        .meters())
                .containsExactly("calls", "tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-01T00:00:00Z/2026-11-01T00:00:00Z|HOUR|0|from and to cannot be equal",
                "2026-11-02T00:00:00Z/2026-11-01T00:00:00Z|HOUR|0|from must be before to",
                "2026-11-01T00:00:00.5Z/2026-11-02T00:00:00Z|HOUR|0|from must be a whole second: 2026-11-01T00:00:00.500Z",
                "2026-11-01T00:00:00Z/2026-12-02T00:00:01Z|MINUTE|0|a period with MINUTE windows must have at most 31 days: "
                        + "2026-11-01T00:00:00Z to 2026-12-02T00:00:01Z",
                "0000-01-01T00:00:00Z/9999-01-01T00:00:00Z|MONTH|0|a period with MONTH windows must have at most 3660 days: "
                        + "0000-01-01T00:00:00Z to 9999-01-01T00:00:00Z",
                "2026-11-01T00:00:00Z/2026-11-02T00:00:00Z|HOUR|-1|revision must be 0 to 9999: -1",
                "2026-11-01T00:00:00Z/2026-11-02T00:00:00Z|HOUR|10000|revision must be 0 to 9999: 10000"
            })
    void refusesAnInvalidPeriodOrRevision(String period, WindowSize size, int revision, String sentence) {
        assertThatThrownBy(() -> request(period, size, "UTC", revision))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }

    @Test
    void refusesAnInvalidMeterSlug() {
        assertThatThrownBy(() -> new ExportRequest(
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1),
                        WindowSize.DAY,
                        ZoneId.of("UTC"),
                        List.of("../etc"),
                        Format.CSV,
                        0))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("../etc");
    }
}
