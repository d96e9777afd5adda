package dev.odometer.metering.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-01t00:00:00z, 2026-01-01T00:00:00Z",
        "2026-01-01T02:00:00+02:00, 2026-01-01T00:00:00Z",
        "2025-12-31T18:30:00.5-05:30, 2026-01-01T00:00:00.5Z",
        "2026-01-01T00:00:00.123456789Z, 2026-01-01T00:00:00.123456Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void parsesRfc3339(String text, String time) {
        assertThat(Timestamp.parse("from", text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-01",
                "2026-01-01T00:00Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01T00:00:00+0200",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T24:00:00Z",
                "2026-13-01T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-01-01T00:00:00+24:00",
                "+2026-01-01T00:00:00Z",
                "٢٠٢٦-01-01T00:00:00Z",
                "1767225600"
            })
    void refusesOtherFormats(String text) {
        assertThatThrownBy(() -> Timestamp.parse("from", text))
                .isInstanceOf(Refusal.class)
                .hasMessage("from must be an RFC 3339 timestamp: " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"})
    void refusesTimesOutsideOfFourDigitYears(String text) {
        assertThatThrownBy(() -> Timestamp.parse("from", text)).hasMessageContaining("years 0000 to 9999");
    }
}
