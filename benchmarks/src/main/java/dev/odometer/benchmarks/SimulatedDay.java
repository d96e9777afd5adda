package dev.odometer.benchmarks;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * Simulates a consumer for a day with a virtual clock, second by second: events arrive and wait, a rule sets the number of
 * instances, and each instance takes batches whose durations were measured. The database bounds the rate of all
 * instances together.
 */
final class SimulatedDay {

    static final int SECONDS = 86_400;

    /**
     * A consumer.
     *
     * @param offers the beginning of the names of the offers in the price list; empty for containers
     * @param maxBatch the maximum number of events per invocation
     * @param startSeconds from the decision to the first batch of a new instance
     * @param keptSeconds for which the platform keeps an instance that it does not need
     * @param milliseconds the duration of a batch by its number of events
     */
    record Consumer(
            String name,
            String offers,
            ScalingRule rule,
            int maxBatch,
            int startSeconds,
            int keptSeconds,
            IntToDoubleFunction milliseconds) {}

    private final Consumer consumer;
    private final double databaseRate;
    /** The instances of each second, before the day too. */
    private final int[] wanted = new int[SECONDS];

    private final long[] arrived = new long[SECONDS + 1];
    private long processed;
    private long invocations;
    private double billedMilliseconds;
    private long starts;
    private long highestBacklog;
    private int longestWait;
    private int mostInstances;
    private long instanceSeconds;
    private int idleSeconds;

    private SimulatedDay(Consumer consumer, double databaseRate) {
        this.consumer = consumer;
        this.databaseRate = databaseRate;
    }

    static SimulatedDay run(Consumer consumer, IntToLongFunction arrivals, double databaseRate) {
        var day = new SimulatedDay(consumer, databaseRate);
        int head = 0;
        for (int second = 0; second < SECONDS; second++) {
            day.arrived[second + 1] = day.arrived[second] + arrivals.applyAsLong(second);
            day.tick(second);
            while (head < second && day.arrived[head + 1] <= day.processed) {
                head++;
            }
            if (day.processed < day.arrived[second + 1]) {
                day.longestWait = Math.max(day.longestWait, second - head);
            }
        }
        return day;
    }

    private void tick(int second) {
        long backlog = arrived[second + 1] - processed;
        int before = second == 0 ? 0 : wanted[second - 1];
        wanted[second] = consumer.rule().desired(second, arrived[second] - processed, backlog, before);
        int ready = ready(second);
        starts += Math.max(0, wanted[second] - Math.max(before, kept(second)));
        mostInstances = Math.max(mostInstances, wanted[second]);
        instanceSeconds += wanted[second];
        if (wanted[second] == 0) {
            idleSeconds++;
        }
        if (ready > 0 && backlog > 0) {
            process(backlog, ready);
        }
        highestBacklog = Math.max(highestBacklog, arrived[second + 1] - processed);
    }

    private void process(long backlog, int ready) {
        int batch = (int) Math.max(1, Math.min(consumer.maxBatch(), backlog / ready));
        double milliseconds = consumer.milliseconds().applyAsDouble(batch);
        double rate = Math.min(databaseRate, ready * batch * 1000.0 / milliseconds);
        long taken = Math.min(backlog, Math.max(1, Math.round(rate)));
        long calls = (taken + batch - 1) / batch;
        // If the database is the limit, invocations take longer.
        double slowdown = Math.max(1, ready * batch * 1000.0 / milliseconds / databaseRate);
        processed += taken;
        invocations += calls;
        billedMilliseconds += calls * Math.ceil(milliseconds * slowdown);
    }

    /** Those that were wanted for the whole time that a start takes, or that the platform kept. */
    private int ready(int second) {
        int lowest = wanted[second];
        for (int i = Math.max(0, second - consumer.startSeconds()); i < second; i++) {
            lowest = Math.min(lowest, wanted[i]);
        }
        return Math.max(lowest, Math.min(wanted[second], kept(second)));
    }

    /** The most that were running within the time for which they are kept. */
    private int kept(int second) {
        int most = 0;
        for (int i = Math.max(0, second - consumer.keptSeconds()); i < second - consumer.startSeconds(); i++) {
            most = Math.max(most, wanted[i]);
        }
        return most;
    }

    long events() {
        return arrived[SECONDS];
    }

    long left() {
        return arrived[SECONDS] - processed;
    }

    long invocations() {
        return invocations;
    }

    double billedMilliseconds() {
        return billedMilliseconds;
    }

    long starts() {
        return starts;
    }

    long highestBacklog() {
        return highestBacklog;
    }

    int longestWait() {
        return longestWait;
    }

    int mostInstances() {
        return mostInstances;
    }

    long instanceSeconds() {
        return instanceSeconds;
    }

    int idleSeconds() {
        return idleSeconds;
    }
}
