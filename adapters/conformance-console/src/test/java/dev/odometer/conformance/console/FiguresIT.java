package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times and ranges, as the modules of the console compute them. */
class FiguresIT extends InBrowser {

    @AfterEach
    void resetTheLocale() {
        driver().executeCdpCommand("Emulation.setLocaleOverride", Map.of());
    }

    private void locale(String locale) {
        driver().executeCdpCommand("Emulation.setLocaleOverride", Map.of("locale", locale));
    }

    /** The clock changes at midnight in the first three zones, and by half an hour in the fourth. */
    @ParameterizedTest
    @ValueSource(
            strings = {"America/Santiago", "America/Havana", "Atlantic/Azores", "Australia/Lord_Howe", "Europe/Berlin"})
    void aDayStartsAtItsFirstTime(String zone) {
        open("#/meters", "Meters");
        List<LocalDate> days = Stream.iterate(LocalDate.of(2026, 1, 1), day -> day.plusDays(1))
                .limit(365)
                .toList();

        Object starts = driver().executeAsyncScript(
                        "const [days, zone, done] = arguments;"
                                + "import('./js/format.js').then(format => done(days.map(day => format.rfc3339(format.fromLocal(day, zone)))))",
                        days.stream().map(LocalDate::toString).toList(),
                        zone);

        assertThat((List<?>) starts)
                .isEqualTo(days.stream()
                        .map(day ->
                                day.atStartOfDay(ZoneId.of(zone)).toInstant().toString())
                        .toList());
    }

    @Test
    void aRepeatedTimeIsTheFirstAndASkippedOneIsMoved() {
        open("#/meters", "Meters");

        Object times = driver().executeAsyncScript(
                        "const done = arguments[0]; import('./js/format.js').then(format => done("
                                + "['2026-10-25T02:30', '2026-03-29T02:30'].map(text => format.rfc3339(format.fromLocal(text, 'Europe/Berlin')))))");

        assertThat(times).isEqualTo(List.of("2026-10-25T00:30:00Z", "2026-03-29T01:30:00Z"));
    }

    /** Arabic and Persian have other digits; the Persian and the Thai calendar have other years. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH"})
    void timesDoNotDependOnTheLocale(String locale) {
        locale(locale);
        open("#/files/exports/new", "Create export");

        assertThat(field("To").getDomProperty("value")).isEqualTo(LocalDate.now(ZoneId.of("UTC")) + "T00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-10,-5,-10.5,0", "5,10,0,10.5", "-10,10,-10.5,10.5", "0,0,0,1", "null,null,0,1"})
    void aChartContainsZeroAndAllValues(String line) {
        open("#/meters", "Meters");
        String[] values = line.split(",");

        Object range = driver().executeAsyncScript(
                        "const done = arguments[0]; import('./js/chart.js').then(chart => done(JSON.stringify(chart.rangeOf(null, "
                                + values[0] + "," + values[1] + "))))");

        assertThat(range).isEqualTo("[" + values[2] + "," + values[3] + "]");
    }
}
