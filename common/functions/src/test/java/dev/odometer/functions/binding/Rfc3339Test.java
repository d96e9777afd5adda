package dev.odometer.functions.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.text.Rfc3339;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z",
        "2026-01-01t00:00:00z,2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.1Z,2026-01-01T00:00:00.1Z",
        "2026-01-01T00:00:00.123456789Z,2026-01-01T00:00:00.123456789Z",
        "2026-01-01T00:00:00+23:59,2025-12-31T00:01:00Z",
        "2026-01-01T00:00:00-00:00,2026-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z,9999-12-31T23:59:59.999999999Z",
    })
    void parsesATimestamp(String text, Instant time) {
        assertThat(Rfc3339.parse(text)).isEqualTo(time);
    }

    /** RFC 3339, 5.7 and appendix D. */
    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z,2017-01-01T00:00:00Z",
        "1990-12-31T15:59:60-08:00,1991-01-01T00:00:00Z",
        "2016-07-01T05:29:60+05:30,2016-07-01T00:00:00Z",
        "2016-12-31T23:59:60.5Z,2017-01-01T00:00:00.5Z",
        "2026-02-28T23:59:60z,2026-03-01T00:00:00Z",
        "1969-12-31T23:59:60Z,1970-01-01T00:00:00Z",
        "1968-12-31T23:59:60Z,1969-01-01T00:00:00Z",
    })
    void readsALeapSecondAsTheNextSecond(String text, Instant time) {
        assertThat(Rfc3339.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2016-12-31T23:58:60Z",
                "2016-12-31T22:59:60Z",
                "2016-12-30T23:59:60Z",
                "2016-12-31T23:59:60+01:00",
                "2016-12-31T23:59:60-08:00",
                "2016-12-31T23:59:61Z",
            })
    void rejectsSecond60WhereNoLeapSecondIsPossible(String text) {
        assertThat(Rfc3339.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "1700000000",
                "2026-01-01",
                "2026-01-01T00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00,5Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:00+0100",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+00:60",
                "2026-02-29T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:60Z",
                "+2026-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "2026-1-01T00:00:00Z",
                "٢٠٢٦-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z ",
            })
    void rejectsAnInvalidTimestamp(String text) {
        assertThat(Rfc3339.parse(text)).isNull();
    }

    @Property
    void agreesWithJavaTime(
            @ForAll @LongRange(min = -62_000_000_000L, max = 253_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @IntRange(min = -1080, max = 1080) int offset) {
        OffsetDateTime time = Instant.ofEpochSecond(second, nano).atOffset(ZoneOffset.ofTotalSeconds(offset * 60));
        String text = "%tFT%<tT.%<tN%<tz".formatted(time).replaceAll("(\\d\\d)(\\d\\d)$", "$1:$2");

        assertThat(Rfc3339.parse(text)).isEqualTo(time.toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "2023-11-06T23:00:00Z, Europe/Berlin, 2023-11-07T00:00:00+01:00",
        "2023-07-06T22:00:00.5Z, Europe/Berlin, 2023-07-07T00:00:00.5+02:00",
        "2023-11-07T00:00:00Z, UTC, 2023-11-07T00:00:00Z",
        "2023-11-07T00:00:00Z, Europe/London, 2023-11-07T00:00:00Z",
        "2023-11-06T18:15:00Z, Asia/Kathmandu, 2023-11-07T00:00:00+05:45",
        "2023-11-07T05:00:00Z, America/New_York, 2023-11-07T00:00:00-05:00",
        "1930-01-01T00:00:00Z, Africa/Monrovia, 1930-01-01T00:00:00Z",
    })
    void writesTheOffsetOfTheZoneWhereRfc3339HasAForm(Instant time, String zone, String text) {
        assertThat(Rfc3339.format(time, ZoneId.of(zone))).isEqualTo(text);
    }
}
