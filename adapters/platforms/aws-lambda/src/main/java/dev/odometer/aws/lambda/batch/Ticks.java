package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.text.Rfc3339;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Ticks of an EventBridge rule with the name of the schedule, and of EventBridge Scheduler with the input
 * <code>{"schedule": "…", "due": "&lt;aws.scheduler.scheduled-time&gt;"}</code>. A tick with the outcome RETRY fails
 * the invocation, which AWS retries. A refused tick is logged as an error and not stored as a dead letter: it would be
 * refused again, and cannot be corrected and replayed.
 */
record Ticks(ScheduleDoor door, WarmUps warmUps) implements EventKind {

    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
    private static final Set<String> INPUT = Set.of("schedule", "due");

    static boolean isScheduled(JsonNode event) {
        return RecordMembers.is(event, "source", "aws.events")
                && RecordMembers.is(event, "detail-type", "Scheduled Event");
    }

    static boolean isInput(JsonNode event) {
        return event.isObject() && Set.copyOf(event.propertyNames()).equals(INPUT);
    }

    @Override
    public boolean matches(JsonNode event) {
        return (isScheduled(event) || isInput(event)) && !warmUps.matches(event);
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        Tick tick = isScheduled(event)
                ? new Tick(rule(event), due(event, "time"))
                : new Tick(RecordMembers.text(event, "schedule"), due(event, "due"));
        Outcome outcome = door.tick(tick, deadline);
        switch (outcome.kind()) {
            case RETRY -> throw new RedeliveryException(tick.schedule() + " has to be retried: " + outcome.reason());
            case POISON -> LOG.error("{} was refused, due {}: {}", tick.schedule(), tick.due(), outcome.reason());
            case OK -> {}
        }
        return new byte[0];
    }

    /** The last part of {@code arn:aws:events:region:account:rule/name}. */
    private static String rule(JsonNode event) {
        String arn = event.path("resources").path(0).asString("");
        int slash = arn.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("The scheduled event has no rule in resources[0]");
        }
        return arn.substring(slash + 1);
    }

    private static Instant due(JsonNode event, String member) {
        Instant due = Rfc3339.parse(RecordMembers.text(event, member));
        if (due == null) {
            throw new IllegalArgumentException(member + " is not an RFC 3339 time");
        }
        return due;
    }
}
