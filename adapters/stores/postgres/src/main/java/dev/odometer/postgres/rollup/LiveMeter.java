package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.MeterReader;
import org.jspecify.annotations.Nullable;

/**
 * A meter with its place in the rollups.
 *
 * @param rollup the number its series carry
 * @param backfill what is still to be rolled up of the events before the meter, absent when nothing is
 */
public record LiveMeter(
        MeterReader reader, long rollup, @Nullable Backlog backfill) {

    /**
     * Events before the meter that its rollups lack.
     *
     * @param upTo the last position before the meter
     * @param happenedAt with {@code position}, the last event in the order of time that is rolled up
     */
    public record Backlog(long upTo, long happenedAt, long position) {}
}
