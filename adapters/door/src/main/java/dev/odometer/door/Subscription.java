package dev.odometer.door;

import dev.odometer.binding.Binding;
import dev.odometer.binding.Binding.Mode;
import dev.odometer.binding.Binding.Ordering;
import dev.odometer.binding.MediaTypes;
import dev.odometer.door.event.CloudEvents;
import dev.odometer.door.function.Call;
import dev.odometer.door.json.Json;
import dev.odometer.door.request.MediaType;
import dev.odometer.refusal.Refusal;
import dev.odometer.refusal.RefusalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JavaType;

/**
 * A binding with its function, ready to handle batches. Where order counts, an item that has to wait makes all behind it
 * wait too: which of them share its key is not known here.
 */
record Subscription(Binding binding, Call call, CloudEvents events, boolean takesList) {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    static Subscription of(Binding binding, Call call, Json json) {
        if (call.input() == null) {
            throw new IllegalStateException("The binding of " + binding.channel() + " does not fit "
                    + binding.function() + ": the function takes no input");
        }
        JavaType input = json.type(call.input());
        boolean list = input.isCollectionLikeType();
        if (!list && binding.mode() == Mode.BATCH) {
            throw new IllegalStateException("The binding of " + binding.channel() + " does not fit "
                    + binding.function() + ": the function's input is no list");
        }
        return new Subscription(binding, call, new CloudEvents(json, list ? input.getContentType() : input), list);
    }

    List<Outcome> handle(List<Item> items) {
        var outcomes = new TreeMap<Integer, Outcome>();
        var good = new TreeMap<Integer, Object>();
        for (int i = 0; i < items.size(); i++) {
            try {
                good.put(i, decode(items.get(i)));
            } catch (Refusal refusal) {
                outcomes.put(i, Outcome.poison(refusal.sentence()));
            }
        }
        outcomes.putAll(binding.mode() == Mode.BATCH ? together(good) : oneByOne(good));
        return List.copyOf(outcomes.values());
    }

    private Object decode(Item item) {
        if (!item.attributes().isEmpty()) {
            return events.binary(item.attributes(), item.contentType(), item.body())
                    .get(0);
        }
        if (item.contentType() != null) {
            checkReadable(item.contentType());
        }
        return events.structured(item.body()).get(0);
    }

    private static void checkReadable(String contentType) {
        boolean readable = MediaType.parse(contentType)
                .filter(type -> type.isJson() && type.isUtf8() && !type.bare().equals(MediaTypes.CLOUD_EVENTS))
                .isPresent();
        if (!readable) {
            throw Refusal.invalid("invalid content type: " + Refusal.quote(contentType));
        }
    }

    /** All at once; a refusal means one of them, so then one by one, which is harmless to what was done already. */
    private Map<Integer, Outcome> together(Map<Integer, Object> events) {
        if (events.isEmpty()) {
            return Map.of();
        }
        Outcome outcome = call(new ArrayList<>(events.values()));
        if (outcome.kind() == Outcome.Kind.POISON) {
            return oneByOne(events);
        }
        var all = new TreeMap<Integer, Outcome>();
        events.keySet().forEach(index -> all.put(index, outcome));
        return all;
    }

    private Map<Integer, Outcome> oneByOne(Map<Integer, Object> events) {
        var outcomes = new TreeMap<Integer, Outcome>();
        boolean waiting = false;
        for (var event : events.entrySet()) {
            Outcome outcome = waiting
                    ? Outcome.retry("an item before it has to be handled first")
                    : call(takesList ? List.of(event.getValue()) : event.getValue());
            waiting |= outcome.kind() == Outcome.Kind.RETRY && binding.ordering() != Ordering.NONE;
            outcomes.put(event.getKey(), outcome);
        }
        return outcomes;
    }

    private Outcome call(Object input) {
        try {
            call.invoke(input);
            return Outcome.OK;
        } catch (Refusal refusal) {
            return refusal.kind() == RefusalKind.UNAVAILABLE
                    ? Outcome.retry(refusal.sentence())
                    : Outcome.poison(refusal.sentence());
        } catch (Throwable surprise) {
            // Also an Error: the platform delivers again and counts the attempts.
            LOG.error("{} failed for the channel {}", call.name(), binding.channel(), surprise);
            return Outcome.retry("unexpected failure in " + call.name());
        }
    }
}
