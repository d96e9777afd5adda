package dev.odometer.postgres.rollup;

/**
 * How much is done at a time.
 *
 * @param foldEvery a fold is due at every so many deltas, whichever process wrote them
 * @param foldAt a fold is due when so many entries are unfolded: queries read them all. At twice as many a
 *     writer that finds another fold in progress waits for it, so that the entries do not grow without bound
 * @param chunk how many events a step of a backfill reads
 * @param steps how many steps the call that creates a meter does; what is left is done beside folds
 */
public record Pace(int foldEvery, int foldAt, int chunk, int steps) {

    public static final Pace USUAL = new Pace(64, 64_000, 20_000, Integer.MAX_VALUE);
}
