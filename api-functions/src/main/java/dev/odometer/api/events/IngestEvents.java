package dev.odometer.api.events;

import dev.odometer.usage.UsageEvent;
import dev.odometer.usage.UsageLog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Counts a list of events, all or none, each once; when it returns they are kept. */
public final class IngestEvents implements Consumer<List<UsageEvent>> {

    private final UsageLog log;
    private final Clock clock;

    public IngestEvents(UsageLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void accept(List<UsageEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        // One instant for all: events without a time that come together happened together.
        Instant now = clock.instant();
        log.append(events.stream().map(event -> event.receivedAt(now)).toList());
    }
}
