package dev.odometer.aws.lambda.event;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The supported kinds of events. */
public record EventKinds(List<EventKind> kinds) {

    private static final int MAX_NAMES = 20;

    public EventKinds {
        kinds = List.copyOf(kinds);
    }

    public void warmUp() {
        kinds.forEach(EventKind::warmUp);
    }

    /** @throws IllegalArgumentException naming the top-level members when the kind of the event is unknown */
    public byte[] handle(JsonNode event, Deadline deadline) {
        for (EventKind kind : kinds) {
            if (kind.matches(event)) {
                return kind.handle(event, deadline);
            }
        }
        throw new IllegalArgumentException("Unknown kind of event; its top-level members are " + topLevelNames(event));
    }

    /** The names of the first members, without their values, which may be confidential. */
    private static String topLevelNames(JsonNode event) {
        if (!event.isObject()) {
            return event.getNodeType().toString();
        }
        return event.propertyNames().stream()
                .limit(MAX_NAMES)
                .map(Refusal::quote)
                .toList()
                .toString();
    }
}
