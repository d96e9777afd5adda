package dev.odometer.lambda;

import dev.odometer.binding.Deadline;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The table of the kinds of events that are known. */
record EventKinds(List<EventKind> kinds) {

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
        throw new IllegalArgumentException("This is no event that is known here; at its top it has "
                + (event.isObject() ? event.propertyNames() : event.getNodeType()));
    }
}
