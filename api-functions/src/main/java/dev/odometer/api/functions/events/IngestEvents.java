package dev.odometer.api.functions.events;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageIntake;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
        var received = new ArrayList<UsageEvent>(events.size());
        for (int i = 0; i < events.size(); i++) {
            try {
                received.add(events.get(i).receivedAt(now));
            } catch (Refusal refusal) {
                throw events.size() == 1 ? refusal : refusal.at("[" + i + "]");
            }
        }
        intake.accept(received);
    }
}
