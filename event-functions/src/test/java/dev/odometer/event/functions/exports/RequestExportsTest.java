package dev.odometer.event.functions.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.InMemoryExports;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RequestExportsTest {

    private final InMemoryExports exports = new InMemoryExports();
    private final List<String> wakes = new ArrayList<>();
    private final Clock clock = Clock.fixed(Instant.parse("2026-10-27T01:00:00Z"), ZoneOffset.UTC);

    private RequestExports days(int count, String zone) {
        return days(count, zone, () -> wakes::add);
    }

    private RequestExports days(int count, String zone, Supplier<WakeUp> writer) {
        var days = new RequestExports.Days(count, ZoneId.of(zone), WindowSize.HOUR, Format.CSV);
        return new RequestExports(exports, new Ulid(clock), clock, writer, days);
    }

    private List<String> periods() {
        return exports.list(null, 100).stream()
                .map(Export::request)
                .map(request -> request.from() + "/" + request.to())
                .sorted()
                .toList();
    }

    private static Tick at(String due) {
        return new Tick("requestExports", Instant.parse(due));
    }

    @Test
    void requestsYesterdayInTheConfiguredZone() {
        days(1, "Europe/Berlin").accept(at("2026-10-27T01:00:00Z"));

        assertThat(periods()).containsExactly("2026-10-25T23:00:00Z/2026-10-26T23:00:00Z");
        assertThat(wakes).containsExactly("runExports");
    }

    @Test
    void requestsEachOfTheLastDaysOnce() {
        days(3, "Europe/Berlin").accept(at("2026-10-26T01:00:00Z"));
        days(3, "Europe/Berlin").accept(at("2026-10-27T01:00:00Z"));
        days(3, "Europe/Berlin").accept(at("2026-10-27T01:00:00Z"));

        // 25 October has 25 hours.
        assertThat(periods())
                .containsExactly(
                        "2026-10-22T22:00:00Z/2026-10-23T22:00:00Z",
                        "2026-10-23T22:00:00Z/2026-10-24T22:00:00Z",
                        "2026-10-24T22:00:00Z/2026-10-25T23:00:00Z",
                        "2026-10-25T23:00:00Z/2026-10-26T23:00:00Z");
    }

    @Test
    void skipsADayThatTheZoneSkipped() {
        days(2, "Pacific/Apia").accept(at("2011-12-30T12:00:00Z"));

        assertThat(periods()).containsExactly("2011-12-29T10:00:00Z/2011-12-30T10:00:00Z");
    }

    @Test
    void requestsNothingWhereExportsAreNotSetUp() {
        RequestExports notSetUp = days(1, "UTC", () -> {
            throw Refusal.conflict("exports are not set up");
        });

        assertThatThrownBy(() -> notSetUp.accept(at("2026-10-27T01:00:00Z"))).isInstanceOf(Refusal.class);
        assertThat(periods()).isEmpty();
    }

    @Test
    void rejectsMoreThan31Days() {
        assertThatThrownBy(() -> days(32, "UTC")).hasMessage("odometer.exports.days must be 0 to 31: 32");
    }
}
