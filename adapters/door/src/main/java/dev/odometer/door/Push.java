package dev.odometer.door;

import dev.odometer.binding.Binding.Payload;
import dev.odometer.binding.Deadline;
import dev.odometer.binding.Route;
import dev.odometer.door.DeliveryDoor.Way;
import dev.odometer.door.Envelope.Opened;
import dev.odometer.door.request.Incoming;
import dev.odometer.refusal.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Takes what a broker pushes over HTTP: CloudEvents of every mode, and whatever an {@link Envelope} opens. It answers 204
 * when all of it is counted or parked and 503 otherwise, for a broker knows only two answers: it is done, or come again.
 * So what is wrong with a message is no 4xx here.
 *
 * <p>{@code POST /channels/{channel}} names the channel; {@code POST /} is for brokers that know no paths, and for
 * deployments with one channel a payload.
 */
record Push(Route route, DeliveryDoor deliveries, PushedItems pushed, List<Envelope> envelopes) implements Served {

    private static final String CHANNEL = "channel";
    /** Of what does not say where it comes from. */
    private static final String ORIGIN = "push";

    static List<Push> all(DeliveryDoor deliveries, PushedItems pushed, List<Envelope> envelopes) {
        return List.of("/", "/channels/{" + CHANNEL + "}").stream()
                .map(path -> new Push(Route.post(path, "push").answers(204), deliveries, pushed, envelopes))
                .toList();
    }

    @Override
    public HttpReply serve(Incoming request, Exchange exchange) {
        List<Item> items;
        try {
            items = pushed.items(request);
        } catch (Refusal broken) {
            Item whole = pushed.whole(request);
            return reply(deliveries.park(way(request, Payload.EVENTS, ORIGIN), whole, broken.sentence()));
        }
        exchange.items(items.size());
        var waiting = new ArrayList<Outcome>();
        var opened = new LinkedHashMap<Way, List<Item>>();
        for (Item item : items) {
            Opened inside;
            try {
                inside = open(item);
            } catch (Refusal broken) {
                waiting.add(deliveries.park(way(request, Payload.EVENTS, ORIGIN), item, broken.sentence()));
                continue;
            }
            opened.computeIfAbsent(way(request, inside.payload(), inside.origin()), way -> new ArrayList<>())
                    .addAll(inside.items());
        }
        opened.forEach((way, inside) -> waiting.addAll(deliveries.deliver(way, inside, Deadline.NONE)));
        return reply(waiting.stream()
                .filter(outcome -> outcome.kind() == Outcome.Kind.RETRY)
                .findFirst()
                .orElse(Outcome.OK));
    }

    private Opened open(Item item) {
        for (Envelope envelope : envelopes) {
            Optional<Opened> inside = envelope.open(item);
            if (inside.isPresent()) {
                return inside.get();
            }
        }
        return new Opened(Payload.EVENTS, ORIGIN, List.of(item));
    }

    private Way way(Incoming request, Payload payload, String origin) {
        String channel = request.fields().get(CHANNEL);
        if (channel == null) {
            return new Way(only(payload), origin);
        }
        if (!deliveries.has(channel, payload)) {
            throw Refusal.notFound("no channel for " + payload + " has the name: " + Refusal.quote(channel));
        }
        return new Way(channel, origin);
    }

    private String only(Payload payload) {
        try {
            return deliveries.onlyChannel(payload);
        } catch (IllegalArgumentException several) {
            throw Refusal.notFound(several.getMessage() + ": push to /channels/{channel}");
        }
    }

    private static HttpReply reply(Outcome outcome) {
        if (outcome.kind() == Outcome.Kind.RETRY) {
            throw Refusal.unavailable(outcome.reason(), new IllegalStateException(outcome.reason()));
        }
        return new HttpReply(204, Headers.NONE, new byte[0]);
    }
}
