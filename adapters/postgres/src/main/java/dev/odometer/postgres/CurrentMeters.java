package dev.odometer.postgres;

import static java.util.stream.Collectors.groupingBy;

import dev.odometer.notification.RuleEvaluation;
import dev.odometer.usage.UsageEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The live meters and rules as this process last saw them; an append proves by the version that they are still the current ones. */
final class CurrentMeters {

    private final PostgresMeters meters;
    private final AtomicReference<@Nullable Snapshot> last = new AtomicReference<>();

    CurrentMeters(PostgresMeters meters) {
        this.meters = meters;
    }

    /** The meters at one version, by the type of event they count, and the rules. */
    record Snapshot(long version, Map<String, List<LiveMeter>> byType, RuleEvaluation rules) {

        List<LiveMeter> reading(UsageEvent event) {
            return byType.getOrDefault(event.type(), List.of());
        }
    }

    Snapshot get() {
        Snapshot snapshot = last.get();
        return snapshot == null ? refresh() : snapshot;
    }

    Snapshot refresh() {
        Snapshot snapshot = meters.snapshot(live ->
                live.stream().collect(groupingBy(meter -> meter.gauge().meter().eventType())));
        last.set(snapshot);
        return snapshot;
    }
}
