package dev.odometer.postgres.usage;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.rollup.LiveMeter;
import java.util.List;
import java.util.Map;

/**
 * The live meters and rules at one version.
 *
 * @param version the version in the table {@code meter_version}, which every change of a meter or rule increments
 * @param hasArchive whether a new event may be the repeat of an archived one
 * @param byType the meters by the type of event they count
 */
record MeterSnapshot(long version, boolean hasArchive, Map<String, List<LiveMeter>> byType, UsageRules rules) {

    List<LiveMeter> reading(UsageEvent event) {
        return byType.getOrDefault(event.type(), List.of());
    }
}
