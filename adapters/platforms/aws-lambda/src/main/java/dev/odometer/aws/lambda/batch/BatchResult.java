package dev.odometer.aws.lambda.batch;

import dev.odometer.door.Outcome;
import dev.odometer.door.Outcome.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One batch with what became of its parts.
 *
 * @param outcomes by the parts' identities; may be changed
 * @param reported whether the source is told which messages have to wait; otherwise all wait when one does
 */
record BatchResult(List<Delivery> deliveries, Map<MessagePart, Outcome> outcomes, boolean reported) {

    private static final Logger LOG = LoggerFactory.getLogger(BatchResult.class);

    /** What is to be delivered again: what has to wait and, where the source keeps order, what stands behind it. */
    List<Delivery> waiting() {
        Set<String> stopped = new HashSet<>();
        var waiting = new ArrayList<Delivery>();
        for (Delivery delivery : deliveries) {
            boolean behind = delivery.group() != null && stopped.contains(delivery.group());
            if (behind || delivery.parts().stream().anyMatch(part -> is(part, Kind.RETRY))) {
                waiting.add(delivery);
                if (delivery.group() != null) {
                    stopped.add(delivery.group());
                }
            }
        }
        return reported || waiting.isEmpty() ? waiting : deliveries;
    }

    /** What can never be handled and would be acknowledged now, in order; what is delivered again is not parked yet. */
    List<MessagePart> poison() {
        Set<Delivery> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.addAll(waiting());
        return deliveries.stream()
                .filter(delivery -> !waiting.contains(delivery))
                .flatMap(delivery -> delivery.parts().stream())
                .filter(part -> is(part, Kind.POISON))
                .toList();
    }

    private boolean is(MessagePart part, Kind kind) {
        return outcome(part).kind() == kind;
    }

    Outcome outcome(MessagePart part) {
        return Objects.requireNonNull(outcomes.get(part));
    }

    /** These could not be parked, so they wait. */
    void postpone(List<MessagePart> parts, String reason) {
        parts.forEach(part -> outcomes.put(part, Outcome.retry(reason)));
    }

    /** The names to report. */
    List<JsonNode> named(Report report) {
        Set<String> groups = new HashSet<>();
        return waiting().stream()
                .filter(delivery -> report == Report.EACH || delivery.group() == null || groups.add(delivery.group()))
                .map(Delivery::name)
                .toList();
    }

    void log() {
        List<Delivery> waiting = waiting();
        if (!waiting.isEmpty()) {
            LOG.warn("{} of {} messages are to be delivered again, {}", waiting.size(), deliveries.size(), first());
        }
    }

    void throwIfWaiting() {
        if (!waiting().isEmpty()) {
            throw new DeliverAgain("All " + deliveries.size() + " messages are to be delivered again, " + first());
        }
    }

    private String first() {
        return deliveries.stream()
                .flatMap(delivery -> delivery.parts().stream())
                .filter(part -> is(part, Kind.RETRY))
                .findFirst()
                .map(part -> "for " + part.item().id() + ": " + outcome(part).reason())
                .orElse("");
    }
}
