package dev.odometer.metering.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Meters}; one subclass per store. */
public abstract class MetersContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    private Meters meters = empty();

    protected abstract Meters empty();

    @BeforeEach
    void startEmpty() {
        meters = empty();
    }

    static Meter tokens(String id) {
        return new Meter(
                id,
                "tokens",
                "Tokens ☃",
                "All of them",
                Map.of("team", "ai"),
                Aggregation.SUM,
                "prompt",
                NOW,
                "$.tokens",
                Map.of("model", "$.model", "region", "$[\"region\"]"),
                Lifecycle.created(NOW));
    }

    @Test
    void findsAMeterByIdOrSlug() {
        meters.add(tokens("1"));

        assertThat(meters.find("1")).contains(tokens("1"));
        assertThat(meters.find("tokens")).contains(tokens("1"));
        assertThat(meters.list(false)).containsExactly(tokens("1"));
    }

    @Test
    void findsNoUnknownMeter() {
        assertThat(meters.find("nope")).isEmpty();
        assertThat(meters.find("no\0pe")).isEmpty();
    }

    @Test
    void refusesASlugInUse() {
        meters.add(tokens("1"));

        assertThatThrownBy(() -> meters.add(tokens("2")))
                .isInstanceOf(Refusal.class)
                .hasMessage("meter with the same slug already exists");
    }

    @Test
    void limitsTheMetersOfAnEventType() {
        for (int i = 0; i < Meters.MAX_PER_EVENT_TYPE; i++) {
            meters.add(calls(i, "call"));
        }

        assertThatThrownBy(() -> meters.add(calls(100, "call")))
                .isInstanceOf(Refusal.class)
                .hasMessage("the event type has the maximum of 100 meters: call; use group-bys, or delete a meter");
        meters.add(calls(101, "other"));
        meters.replace(calls(7, "call").deleted(NOW));
        meters.add(calls(100, "call"));
    }

    private static Meter calls(int i, String eventType) {
        return new Meter(
                String.valueOf(i),
                "calls_" + i,
                "Calls",
                null,
                Map.of(),
                Aggregation.COUNT,
                eventType,
                null,
                null,
                Map.of(),
                Lifecycle.created(NOW));
    }

    @Test
    void releasesTheSlugOfADeletedMeter() {
        meters.add(tokens("1"));
        meters.replace(tokens("1").deleted(NOW));

        meters.add(tokens("2"));

        assertThat(meters.find("tokens")).contains(tokens("2"));
        assertThat(meters.find("1")).contains(tokens("1").deleted(NOW));
        assertThat(meters.list(true)).hasSize(2);
        assertThat(meters.list(false)).hasSize(1);
    }

    @Test
    void refusesToReplaceADeletedMeter() {
        meters.add(tokens("1"));
        meters.replace(tokens("1").deleted(NOW));

        assertThatThrownBy(() -> meters.replace(tokens("1"))).isInstanceOf(Refusal.class);

        assertThat(meters.find("tokens")).isEmpty();
    }

    @Test
    void replacesDescriptiveFieldsAndGroups() {
        meters.add(tokens("1"));
        Meter changed =
                tokens("1").changed(new MeterChange("T", null, Map.of(), Map.of("m", "$.m")), NOW.plusSeconds(1));

        meters.replace(changed);

        assertThat(meters.find("tokens")).contains(changed);
    }
}
