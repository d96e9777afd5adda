package dev.odometer.postgres.usage;

import dev.odometer.postgres.delta.DeltaPartition;
import dev.odometer.postgres.rollup.Accumulator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What events that were counted outside of the database add to one series and minute: a total or one text.
 *
 * @param partition where the delta was read
 * @param offset its position there
 * @param rollup the number of the rollup of a meter
 * @param minute the second at which the minute begins
 * @param total absent if there is a text
 * @param text the digest of a text that a meter of unique counts has read; absent if there is a total
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Delta(
        DeltaPartition partition,
        long offset,
        long rollup,
        String subject,
        List<String> groups,
        long minute,
        Accumulator.@Nullable Total total,
        byte @Nullable [] text) {}
