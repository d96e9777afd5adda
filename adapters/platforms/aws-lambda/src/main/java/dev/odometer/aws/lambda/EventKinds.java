package dev.odometer.aws.lambda;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The table of the kinds of events that are known. */
record EventKinds(List<EventKind> kinds) {

    private static final int MAX_NAMES = 20;

    EventKinds {
        kinds = List.copyOf(kinds);
    }

    void prime() {
        kinds.forEach(EventKind::prime);
    }

    /** @throws IllegalArgumentException naming the members at the top when it is no known kind of event */
    byte[] handle(JsonNode event, Deadline deadline) {
        for (EventKind kind : kinds) {
            if (kind.matches(event)) {
                return kind.handle(event, deadline);
            }
        }
        throw new IllegalArgumentException("This is no event that is known here; at its top it has " + top(event));
    }

    /** The names of the first members; never values, which are somebody's business. */
    private static String top(JsonNode event) {
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
