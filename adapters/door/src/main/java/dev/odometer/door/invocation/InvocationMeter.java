package dev.odometer.door.invocation;

import dev.odometer.functions.invocation.InvocationLog;
import dev.odometer.functions.invocation.InvocationTotals;
import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Adds up invocations in memory and stores the totals once per interval, on the thread of an invocation and before it
 * returns: a function platform freezes the process afterwards. The first invocation of a process, and every one that
 * follows after a pause of an interval, is stored at once. A process that is killed loses at most the invocations since
 * its last write, which are less than an interval's and less than the maximum. Safe for concurrent use.
 */
public final class InvocationMeter implements SmartLifecycle {

    /** Counts nothing. */
    public static final InvocationMeter OFF = new InvocationMeter(null, Clock.systemUTC(), Duration.ZERO, 1);

    private static final Logger LOG = LoggerFactory.getLogger(InvocationMeter.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long HUNDRED = 100;
    /** Stops after the components that accept requests, and before the connection pool, whose phase is 0. */
    private static final int PHASE = 1;

    private final @Nullable InvocationLog log;
    private final Clock clock;
    private final Duration interval;
    private final int maximum;

    private final Map<Key, Sums> current = new LinkedHashMap<>();
    /** Totals with their ids: not empty while they are being stored, and after a failure until they are. */
    private final List<InvocationTotals> unstored = new ArrayList<>();

    private Instant from = Instant.EPOCH;
    private Instant due = Instant.EPOCH;
    private int count;
    private boolean writing;
    private boolean running = true;

    private record Key(String function, Trigger trigger) {}

    /**
     * One invocation.
     *
     * @param events as in {@link InvocationTotals}, like the other fields
     */
    public record Invocation(
            String function, Trigger trigger, int events, long bytesIn, long bytesOut, Duration took) {}

    /**
     * @param interval zero to store each invocation before it returns
     * @param maximum the number of invocations that are stored at the latest
     */
    public InvocationMeter(@Nullable InvocationLog log, Clock clock, Duration interval, int maximum) {
        this.log = log;
        this.clock = clock;
        this.interval = interval;
        this.maximum = maximum;
    }

    /** Whether invocations are counted. Otherwise the doors need not measure them. */
    public boolean isOn() {
        return log != null;
    }

    /** Counts an invocation that is about to return. It does not throw: what cannot be stored is stored later. */
    public void finished(Invocation invocation) {
        if (log != null && add(invocation, clock.instant())) {
            write(log);
        }
    }

    /** Returns whether this thread has to store the totals now. */
    private synchronized boolean add(Invocation invocation, Instant now) {
        boolean failing = !unstored.isEmpty();
        if (!failing && !now.isBefore(from.plus(interval))) {
            // After a pause, what was counted before it keeps its time.
            seal();
        }
        if (current.isEmpty()) {
            from = now;
        }
        current.computeIfAbsent(new Key(invocation.function, invocation.trigger), key -> new Sums())
                .add(invocation);
        count++;
        // While writes fail, there is one attempt per interval.
        boolean full = count >= maximum && !failing;
        if (writing || (!full && now.isBefore(due) && running)) {
            return false;
        }
        writing = true;
        due = now.plus(interval);
        if (!failing) {
            seal();
        }
        return true;
    }

    private void seal() {
        String batch = UUID.randomUUID().toString();
        current.forEach((key, sums) -> unstored.add(sums.totals(batch, from, key)));
        current.clear();
        count = 0;
    }

    private void write(InvocationLog store) {
        boolean stored = false;
        try {
            store.append(List.copyOf(unstored()));
            stored = true;
        } catch (Throwable unexpected) {
            // Errors too: the invocation itself succeeded.
            LOG.warn("The invocations could not be metered now and are kept in memory: {}", unexpected.toString());
        } finally {
            written(stored);
        }
    }

    private synchronized List<InvocationTotals> unstored() {
        return List.copyOf(unstored);
    }

    private synchronized void written(boolean stored) {
        writing = false;
        if (stored) {
            unstored.clear();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
    }

    /** Stores what is counted. From now on, each invocation is stored at once. */
    @Override
    public void stop() {
        // The first write may repeat one that failed, and leave the current totals.
        for (int i = 0; i < 2 && log != null && beginLast(); i++) {
            write(log);
        }
    }

    private synchronized boolean beginLast() {
        running = false;
        if (unstored.isEmpty()) {
            seal();
        }
        if (writing || unstored.isEmpty()) {
            return false;
        }
        writing = true;
        return true;
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** The sums of one function and trigger. */
    private static final class Sums {

        private long invocations;
        private long events;
        private long milliseconds;
        private long milliseconds100;
        private long bytesIn;
        private long bytesOut;

        void add(Invocation invocation) {
            long millis = Math.max(1, -Math.floorDiv(-invocation.took.toNanos(), NANOS_PER_MILLI));
            invocations++;
            events += invocation.events;
            milliseconds += millis;
            milliseconds100 += -Math.floorDiv(-millis, HUNDRED) * HUNDRED;
            bytesIn += invocation.bytesIn;
            bytesOut += invocation.bytesOut;
        }

        InvocationTotals totals(String batch, Instant from, Key key) {
            return new InvocationTotals(
                    batch + "/" + key.function + "/" + key.trigger,
                    from,
                    key.function,
                    key.trigger,
                    invocations,
                    events,
                    milliseconds,
                    milliseconds100,
                    bytesIn,
                    bytesOut);
        }
    }
}
