package dev.odometer.api.functions.events;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageIntake;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ingests a list of events, each of which counts once; when it returns they are durable. An event without a time gets
 * the time of its ingestion: a duplicate gets a later time and changes nothing, because the first one counts.
 */
public final class IngestEvents implements Consumer<List<UsageEvent>> {

    private final UsageIntake intake;
    private final Clock clock;

    public IngestEvents(UsageIntake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @Override
    public void accept(List<UsageEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        // One instant for the whole list: events without a time that are sent together get the same time.
        Instant now = clock.instant();
        intake.accept(events.stream().map(event -> event.receivedAt(now)).toList());
    }
}
