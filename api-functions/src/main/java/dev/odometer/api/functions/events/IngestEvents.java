package dev.odometer.api.functions.events;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageIntake;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes a list of events, each of which counts once; when it returns they are kept. An event without a time happened when
 * it came in: sent again it is given a later time, and changes nothing, since the first one wins.
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
        // One instant for all: events without a time that come together happened together.
        Instant now = clock.instant();
        intake.accept(events.stream().map(event -> event.receivedAt(now)).toList());
    }
}
