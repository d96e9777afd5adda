package dev.odometer.api.functions.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.Store;
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

/** It is noon on 1 March. */
class ExportsTest {

    private static final Instant FROM = Instant.parse("2026-02-28T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T00:00:00Z");

    private final Store store = new Store();
    private final InMemoryExports exports = new InMemoryExports();
    private final List<String> woken = new ArrayList<>();

    private ExportView ask(ExportUsage.Input input) {
        return ask(input, () -> woken::add);
    }

    private ExportView ask(ExportUsage.Input input, Supplier<WakeUp> writers) {
        return new ExportUsage(exports, store.knownMeters, store.ids, store.clock, writers).apply(input);
    }

    private static ExportUsage.Input day(@Nullable String... meters) {
        return new ExportUsage.Input(FROM, TO, null, null, Arrays.asList(meters), null, null);
    }

    private static ExportUsage.Input until(@Nullable Instant to, @Nullable String zone, @Nullable Integer revision) {
        return new ExportUsage.Input(FROM, to, WindowSize.HOUR, zone, null, Format.NDJSON, revision);
    }

    @Test
    void takesARequestAndWakesTheWriter() {
        store.tokens();

        ExportView view = ask(day("tokens"));

        assertThat(view.status()).isEqualTo("pending");
        assertThat(view.windowSize()).isEqualTo(WindowSize.DAY);
        assertThat(view.windowTimeZone()).isEqualTo("UTC");
        assertThat(view.meters()).containsExactly("tokens");
        assertThat(view.format()).isEqualTo(Format.CSV);
        assertThat(view.location()).isEqualTo("/api/v1/exports/" + view.id());
        assertThat(woken).containsExactly("runExports");
    }

    @Test
    void takesAMeterByIdToo() {
        String id = store.tokens().id();

        assertThat(ask(day(id)).id()).isEqualTo(ask(day("tokens")).id());
    }

    @Test
    void isTheSameExportForTheSameRequest() {
        ExportView first = ask(until(TO, "Europe/Berlin", null));
        exports.replace(exports.find(first.id()).orElseThrow().done(Store.NOW));
        woken.clear();

        ExportView again = ask(until(TO, "Europe/Berlin", 0));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.status()).isEqualTo("done");
        assertThat(woken).isEmpty();
        assertThat(ask(until(TO, "Europe/Berlin", 1)).id()).isNotEqualTo(first.id());
    }

    @Test
    void triesAFailedOneAnew() {
        Export failed = exports.find(ask(day()).id()).orElseThrow().failed("no bucket", Store.NOW);
        exports.replace(failed);

        ExportView again = ask(day());

        assertThat(again.id()).isEqualTo(failed.id());
        assertThat(again.status()).isEqualTo("pending");
        assertThat(again.reason()).isNull();
    }

    @Test
    void refusesWhereNothingCanBeWritten() {
        assertThatThrownBy(() -> ask(day(), () -> {
                    throw Refusal.conflict("exports are not set up");
                }))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.CONFLICT));
        assertThat(exports.list(null, 10)).isEmpty();
    }

    @Test
    void refusesAPeriodThatIsNotOverOrNotSaid() {
        assertThatThrownBy(() -> ask(until(Store.NOW.plusSeconds(1), null, null)))
                .hasMessage("to must not be in the future: 2026-03-01T12:00:01Z");
        assertThatThrownBy(() -> ask(until(null, null, null))).hasMessage("to is required");
        assertThat(ask(until(Store.NOW, null, null)).to()).isEqualTo(Store.NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars", "+02:00", "../../etc", ""})
    void refusesAZoneThatIsNone(String zone) {
        assertThatThrownBy(() -> ask(until(TO, zone, null)))
                .isInstanceOf(Refusal.class)
                .hasMessage("invalid time zone: " + zone);
    }

    @Test
    void refusesMetersThatAreNot() {
        assertThatThrownBy(() -> ask(day("nothing"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ask(day("../x"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ask(day((String) null))).isInstanceOf(Refusal.class);
    }

    @Test
    void saysHowFarAnExportIs() {
        String id = ask(day()).id();
        var getExport = new GetExport(exports);

        assertThat(getExport.apply(new GetExport.Input(id)).id()).isEqualTo(id);
        assertThatThrownBy(() -> getExport.apply(new GetExport.Input("nothing")))
                .hasMessage("export not found: nothing");
    }

    @Test
    void listsTheLatestFirst() {
        String first = ask(until(TO, null, 1)).id();
        String second = ask(until(TO, null, 2)).id();
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
