package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.MeterReader;
import dev.odometer.postgres.archive.EventKey;
import org.jspecify.annotations.Nullable;

/**
 * A meter that is not deleted, with its rollup and the progress of its backfill.
 *
 * @param rollup the number of the rollup that its series belong to
 * @param backfill the events before the meter that are not rolled up yet; null when the backfill is complete
 * @param hasArchive whether events may be in the archive
 */
public record LiveMeter(
        MeterReader reader, long rollup, @Nullable Backlog backfill, boolean hasArchive) {

    /**
     * The events before the meter that its rollups lack.
     *
     * @param upTo the last position before the meter
     * @param happenedAt the time of the last event, in the order of time, that is rolled up
     * @param position the position of that event
     */
    public record Backlog(long upTo, long happenedAt, long position) {

        /** The key of the last event that is rolled up. */
        public EventKey reached() {
            return new EventKey(happenedAt, position);
        }
    }
}
