package dev.odometer.postgres.rollup;

/**
 * Thresholds and chunk sizes of folds and backfills.
 *
 * @param foldEvery a fold is due at every so many deltas, whichever process wrote them
 * @param foldAt a fold is due at so many unfolded entries, since every query reads all of them. At twice this number, a
 *     writer waits for a fold in progress, so that the backlog is bounded
 * @param chunk the number of events that one step of a backfill reads
 * @param steps the number of steps that the call creating a meter runs; the remaining steps run after folds
 */
public record Pace(int foldEvery, int foldAt, int chunk, int steps) {

    public static final Pace DEFAULT = new Pace(64, 64_000, 20_000, Integer.MAX_VALUE);
}
