package dev.odometer.event.functions.usage;

import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Counts a batch of events, all or none, each once however often it is delivered. An event without a time gets the time
 * of its first delivery: a duplicate that is delivered later changes nothing.
 */
public final class RecordUsage implements Function<List<UsageEvent>, List<Receipt>> {

    private final UsageLog log;
    private final Clock clock;

    public RecordUsage(UsageLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public List<Receipt> apply(List<UsageEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        return log.append(events.stream().map(event -> event.receivedAt(now)).toList());
    }
}
