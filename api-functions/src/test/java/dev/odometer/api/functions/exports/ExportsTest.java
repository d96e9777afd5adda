package dev.odometer.api.functions.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.InMemoryExports;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock is at noon on 1 March. */
class ExportsTest {

    private static final Instant FROM = Instant.parse("2026-02-28T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T00:00:00Z");

    private final ApiFixture fixture = new ApiFixture();
    private final InMemoryExports exports = new InMemoryExports();
    private final List<String> woken = new ArrayList<>();

    private ExportView export(ExportUsage.Input input) {
        return export(input, () -> woken::add);
    }

    private ExportView export(ExportUsage.Input input, Supplier<WakeUp> writer) {
        return new ExportUsage(exports, fixture.meterLookup, fixture.ids, fixture.clock, writer).apply(input);
    }

    private static ExportUsage.Input day(@Nullable String... meters) {
        return new ExportUsage.Input(FROM, TO, null, null, Arrays.asList(meters), null, null);
    }

    private static ExportUsage.Input until(@Nullable Instant to, @Nullable String zone, @Nullable Integer revision) {
        return new ExportUsage.Input(FROM, to, WindowSize.HOUR, zone, null, Format.NDJSON, revision);
    }

    @Test
    void storesTheRequestAndWakesTheWriter() {
        fixture.tokens();

        ExportView view = export(day("tokens"));

        assertThat(view.status()).isEqualTo("pending");
        assertThat(view.windowSize()).isEqualTo(WindowSize.DAY);
        assertThat(view.windowTimeZone()).isEqualTo("UTC");
        assertThat(view.meters()).containsExactly("tokens");
        assertThat(view.format()).isEqualTo(Format.CSV);
        assertThat(view.location()).isEqualTo("/api/v1/exports/" + view.id());
        assertThat(woken).containsExactly("runExports");
    }

    @Test
    void acceptsAMeterById() {
        String id = fixture.tokens().id();

        assertThat(export(day(id)).id()).isEqualTo(export(day("tokens")).id());
    }

    @Test
    void returnsTheSameExportForTheSameRequest() {
        ExportView first = export(until(TO, "Europe/Berlin", null));
        exports.replace(exports.find(first.id()).orElseThrow().done(ApiFixture.NOW));
        woken.clear();

        ExportView again = export(until(TO, "Europe/Berlin", 0));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.status()).isEqualTo("done");
        assertThat(woken).isEmpty();
        assertThat(export(until(TO, "Europe/Berlin", 1)).id()).isNotEqualTo(first.id());
    }

    @Test
    void retriesAFailedExport() {
        Export failed = exports.find(export(day()).id()).orElseThrow().failed("no bucket", ApiFixture.NOW);
        exports.replace(failed);

        ExportView again = export(day());

        assertThat(again.id()).isEqualTo(failed.id());
        assertThat(again.status()).isEqualTo("pending");
        assertThat(again.reason()).isNull();
    }

    @Test
    void refusesWhereExportsAreNotSetUp() {
        assertThatThrownBy(() -> export(day(), () -> {
                    throw Refusal.conflict("exports are not set up");
                }))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.CONFLICT));
        assertThat(exports.list(null, 10)).isEmpty();
    }

    @Test
    void refusesAPeriodThatIsMissingOrNotOver() {
        assertThatThrownBy(() -> export(until(ApiFixture.NOW.plusSeconds(1), null, null)))
                .hasMessage("to must not be in the future: 2026-03-01T12:00:01Z");
        assertThatThrownBy(() -> export(until(null, null, null))).hasMessage("to is required");
        assertThat(export(until(ApiFixture.NOW, null, null)).to()).isEqualTo(ApiFixture.NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars", "+02:00", "../../etc", ""})
    void refusesUnknownZones(String zone) {
        assertThatThrownBy(() -> export(until(TO, zone, null)))
                .isInstanceOf(Refusal.class)
                .hasMessage("invalid time zone: " + zone);
    }

    @Test
    void refusesUnknownMeters() {
        assertThatThrownBy(() -> export(day("nothing"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> export(day("../x"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> export(day((String) null))).isInstanceOf(Refusal.class);
    }

    @Test
    void returnsTheProgressOfAnExport() {
        String id = export(day()).id();
        var getExport = new GetExport(exports);

        assertThat(getExport.apply(new GetExport.Input(id)).id()).isEqualTo(id);
        assertThatThrownBy(() -> getExport.apply(new GetExport.Input("nothing")))
                .hasMessage("export not found: nothing");
    }

    @Test
    void listsExportsLatestFirst() {
        String first = export(until(TO, null, 1)).id();
        String second = export(until(TO, null, 2)).id();
        var listExports = new ListExports(exports);

        assertThat(listExports.apply(new ListExports.Input(null, 1)))
                .extracting(ExportView::id)
                .containsExactly(second);
        assertThat(listExports.apply(new ListExports.Input(second, null)))
                .extracting(ExportView::id)
                .containsExactly(first);
        assertThatThrownBy(() -> listExports.apply(new ListExports.Input(null, 0)))
                .hasMessage("limit must be 1 to 100: 0");
    }
}
