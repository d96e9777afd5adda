package dev.odometer.conformance.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * The faults of a run.
 *
 * @param percent the probability of each kind; absent for 0
 */
record Plan(long seed, Map<Fault, Integer> percent) {

    private static final int[] LEVELS = {0, 0, 3, 10, 30};

    /** A plan that follows from the seed. */
    static Plan of(long seed) {
        var random = new Random(seed);
        var percent = new EnumMap<Fault, Integer>(Fault.class);
        for (Fault fault : Fault.values()) {
            percent.put(fault, LEVELS[random.nextInt(LEVELS.length)]);
        }
        return new Plan(seed, percent);
    }

    /** A plan with one kind of fault, which is frequent. */
    static Plan of(long seed, Fault only) {
        return new Plan(seed, Map.of(only, 40));
    }

    int percent(Fault fault) {
        return percent.getOrDefault(fault, 0);
    }
}
