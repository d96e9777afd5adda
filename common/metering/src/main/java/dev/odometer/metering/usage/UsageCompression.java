package dev.odometer.metering.usage;

import java.time.Instant;

/** Compresses the usage by minute and hour of past days. Queries return the same before and after. */
public interface UsageCompression {

    /**
     * Compresses a part of the days that ended before a time.
     *
     * @param limit the number of series, each a meter's subject and group values, to compress at once
     * @return 0 when nothing is left to compress
     */
    int compress(Instant before, int limit);
}
