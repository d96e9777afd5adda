package dev.odometer.functions.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static Settings settings(String value) {
        return new Settings(Map.of("a.b", value)::get);
    }

    private static Duration duration(String value) {
        return settings(value).duration("a.b", Duration.ofSeconds(7), Duration.ofMillis(1), Duration.ofDays(1));
    }

    private static void refuses(String sentence, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(StartRefusal.class).hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"four", "-1", "0", "11", "1.5", "99999999999999999999", "0x1", "1e1"})
    void refusesAWrongNumber(String value) {
        refuses(
                "a.b must be a number from 1 to 10, but is: " + value,
                () -> settings(value).number("a.b", 1, 1, 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"four", "-1s", "0", "PT", "P1Y", "25h", "999999999999999999d", "9999999999999999999s", "1 s"})
    void refusesAWrongDuration(String value) {
        refuses(
                "a.b must be a duration from PT0.001S to PT24H, such as 30s or PT30S, but is: " + value,
                () -> duration(value));
    }

    @ParameterizedTest
    @CsvSource({
        "200ms,PT0.2S",
        "30s,PT30S",
        "4m,PT4M",
        "PT4M,PT4M",
        "pt4m,PT4M",
        "1d,PT24H",
        "250,PT0.25S",
        "' 1h ',PT1H"
    })
    void readsDurations(String value, Duration expected) {
        assertThat(duration(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "ON,true", "yes,true", "1,true", "false,false", "Off,false", "no,false", "0,false"})
    void readsFlags(String value, boolean expected) {
        assertThat(settings(value).flag("a.b", !expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "2", "-1", "truee"})
    void refusesAWrongFlag(String value) {
        refuses(
                "a.b must be true or false, but is: " + value,
                () -> settings(value).flag("a.b", true));
    }

    @Test
    void readsConstantsInAnyCase() {
        assertThat(settings("days").choice("a.b", TimeUnit.class, TimeUnit.HOURS))
                .isEqualTo(TimeUnit.DAYS);
    }

    @Test
    void refusesAnUnknownConstantOrZone() {
        refuses("a.b must be one or two, but is: three", () -> settings("three").choice("a.b", Count.class, Count.ONE));
        refuses(
                "a.b must be an ID of the IANA time zone database, but is: Mars/Base",
                () -> settings("Mars/Base").zone("a.b", ZoneOffset.UTC));
    }

    private enum Count {
        ONE,
        TWO
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void treatsABlankSettingAsNotSet(String blank) {
        Settings settings = settings(blank);

        assertThat(settings.number("a.b", 5, 1, 10)).isEqualTo(5);
        assertThat(settings.flag("a.b", true)).isTrue();
        assertThat(duration(blank)).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.zone("a.b", ZoneId.of("Europe/Berlin"))).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void shortensAHugeValue() {
        assertThatThrownBy(() -> settings("x".repeat(100_000)).number("a.b", 1, 1, 2))
                .hasMessageEndingWith("…")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-0.1", "many", "2", "1e-1", "1e999999999", "NaN"})
    void refusesAWrongShare(String value) {
        refuses(
                "a.b must be a share from 0 to 1, but is: " + value,
                () -> settings(value).share("a.b", BigDecimal.ONE));
    }
}
