package dev.odometer.postgres.usage;

import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** The queue of a process in a simulation. */
public final class QueuedAppends {

    private final AppendQueue queue;

    /** @param write returns which events are new */
    public QueuedAppends(Function<List<UsageEvent>, BitSet> write) {
        queue = new AppendQueue(write);
    }

    public List<Receipt> append(List<UsageEvent> events) {
        return queue.append(events);
    }
}
