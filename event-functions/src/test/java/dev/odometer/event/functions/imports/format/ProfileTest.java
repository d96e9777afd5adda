package dev.odometer.event.functions.imports.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.event.functions.imports.ImportFixture;
import dev.odometer.event.functions.imports.ImportSettings;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.usage.UsageEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    private final ImportFixture fixture = new ImportFixture();

    private UsageEvent only(String csv) {
        fixture.imported("a.csv", csv);
        assertThat(fixture.events()).hasSize(1);
        return fixture.events().get(0);
    }

    @Test
    void mapsColumnsToAnEvent() {
        fixture.setting("profile.calls.source", "switchboard")
                .setting("profile.calls.type", "")
                .setting("profile.calls.type-column", "kind")
                .setting("profile.calls.data", "tokens:number,big = \"Total, all\":number,ok:boolean,name=Model,none");

        UsageEvent event = only("kind,id,who,when,tokens,\"Total, all\",ok,Model,none\n"
                + "call,7,acme,2026-01-01T00:00:00+01:00,12345678901234567890123,-0.50,TRUE,\"m \"\"1\"\"\",\n");

        assertThat(event)
                .isEqualTo(new UsageEvent(
                        "1.0",
                        "7",
                        "switchboard",
                        "call",
                        "acme",
                        Instant.parse("2025-12-31T23:00:00Z"),
                        null,
                        null,
                        Map.of(
                                "tokens",
                                new BigInteger("12345678901234567890123"),
                                "big",
                                new BigDecimal("-0.50"),
                                "ok",
                                true,
                                "name",
                                "m \"1\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1,5", "0x1", "1e9999999999", "1e-9999999999", "NaN", " 1", "01", "+1", "1."})
    void rejectsInvalidNumbers(String text) {
        fixture.setting("most-rejected", "1");

        UsageImport done = fixture.imported(
                "a.csv", "id,who,when,tokens,model,ok\n1,acme,2026-01-01T00:00:00Z,\"" + text + "\",,");

        assertThat(done.progress().rejected()).isEqualTo(1);
        assertThat(Objects.requireNonNull(fixture.rejected("a.csv"))).contains("tokens must be a JSON number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,acme",
                "1,acme,2026-01-01T00:00:00Z,1,m,true,",
                ",acme,2026-01-01T00:00:00Z,1,m,true",
                "1,,2026-01-01T00:00:00Z,1,m,true",
                "1,acme,,1,m,true",
                "\"1\"x,acme,2026-01-01T00:00:00Z,1,m,true"
            })
    void rejectsInvalidRecords(String row) {
        fixture.setting("most-rejected", "1");

        assertThat(fixture.imported("a.csv", "id,who,when,tokens,model,ok\n" + row)
                        .progress()
                        .rejected())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch-seconds|UTC|1767225600.5|2026-01-01T00:00:00.500Z",
                "epoch-millis|UTC|1767225600500|2026-01-01T00:00:00.500Z",
                "epoch-seconds|UTC|-1|1969-12-31T23:59:59Z",
                "dd.MM.yyyy HH:mm|Europe/Berlin|01.07.2026 12:00|2026-07-01T10:00:00Z",
                "yyyy-MM-dd|America/New_York|2026-01-01|2026-01-01T05:00:00Z",
                "yyyy-MM-dd'y'HHmmssXX|Europe/Berlin|2026-01-01y000000+0200|2025-12-31T22:00:00Z",
                // Clocks show 02:30 twice that night: the earlier one is in summer time.
                "yyyy-MM-dd HH:mm|Europe/Berlin|2026-10-25 02:30|2026-10-25T00:30:00Z"
            })
    void readsTimesInTheConfiguredFormat(String format, String zone, String text, String time) {
        assertThat(TimeReader.of(format, zone).read(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Clocks skip 02:30 that night.
                "yyyy-MM-dd HH:mm|2026-03-29 02:30",
                "yyyy-MM-dd HH:mm|2026-02-31 12:00",
                "yyyy-MM-dd HH:mm|2026-01-01T12:00",
                "epoch-seconds|1e18",
                "epoch-seconds|99999999999999999999999",
                "epoch-millis|today",
                "rfc3339|2026-01-01"
            })
    void rejectsInvalidTimes(String format, String text) {
        assertThatThrownBy(() -> TimeReader.of(format, "Europe/Berlin").read(text))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "profiles|no-dash|a name must consist of letters and digits",
                "profiles|other|odometer.imports.profile.other: either type or type-column",
                "profile.calls.files|''|files is required",
                "profile.calls.subject|''|subject is required",
                "profile.calls.time|''|time is required",
                "profile.calls.type-column|kind|either type or type-column",
                "profile.calls.zone|Mars/Base|zone must be",
                "profile.calls.time-format|bananas|time-format must be",
                "profile.calls.separator|;;|separator must be",
                "profile.calls.charset|latin9|charset must be utf-8 or windows-1252 or utf-16: latin9",
                "profile.calls.decimal-separator|;|decimal-separator must be . or ,: ;",
                "profile.calls.decimal-separator|,,|decimal-separator must be . or ,: ,,",
                "profile.calls.grouping-separator|_|grouping-separator must be . , ' or space: _",
                "profile.calls.grouping-separator|.|must differ: .",
                "profile.calls.data|a=b=c|data must be",
                "profile.calls.data|a:float|a type in data must be",
                "most-rejected|2|a share from 0 to 1",
                "most-rejected|many|a share from 0 to 1",
                "longest-line|0|a number from 1",
                "most-ratio|x|a number from 1",
            })
    void anInvalidSettingPreventsTheStart(String setting, String value, String words) {
        fixture.setting(setting, value);

        assertThatThrownBy(() -> ImportSettings.from(fixture.settings::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("odometer.imports.")
                .hasMessageContaining(words);
    }

    @Test
    void usesTheFirstMatchingProfile() {
        fixture.setting("profiles", "first , calls")
                .setting("profile.first.files", "inbox/2026/*.csv")
                .setting("profile.first.separator", "tab")
                .setting("profile.first.subject", "s")
                .setting("profile.first.time", "t")
                .setting("profile.first.type", "other");

        fixture.imported("2026/a.csv", "s\tt\nacme\t2026-01-01T00:00:00Z\n");

        assertThat(fixture.events()).extracting(UsageEvent::type).containsExactly("other");
        assertThatThrownBy(() -> fixture.imported("2026/b/a.csv", "s\tt\n"))
                .hasMessageContaining("requires the column");
    }

    @Test
    void rejectsCsvWithoutAProfile() {
        fixture.setting("profiles", "");

        assertThatThrownBy(() -> fixture.imported("a.csv", "a,b\n")).hasMessageContaining("no profile");
    }

    @Test
    void requiresEachColumnExactlyOnce() {
        assertThatThrownBy(() -> fixture.imported("a.csv", "id,who,who,when,tokens,model,ok\n"))
                .hasMessageContaining("the column who exactly once");
        assertThatThrownBy(() -> fixture.imported("b.csv", "id,who,when,tokens,ok\n"))
                .hasMessageContaining("the column model exactly once");
    }
}
