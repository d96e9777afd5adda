package dev.odometer.door;

import dev.odometer.door.DeliveryDoor.DeliverySource;
import dev.odometer.door.Envelope.Opened;
import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what a broker pushes over HTTP: CloudEvents of every mode, and whatever an {@link Envelope} opens. It answers 204
 * when all of it is counted or parked and 503 otherwise, for a broker knows only two answers: it is done, or come again.
 * So what is wrong with a message is no 4xx here.
 *
 * <p>{@code POST /channels/{channel}} names the channel; {@code POST /} is for brokers that know no paths, and for
 * deployments with one channel a payload.
 */
record PushRoute(Route route, DeliveryDoor deliveries, PushedItems pushed, List<Envelope> envelopes)
        implements RouteHandler {

    /** Cloud Run and Knative end a request after five minutes, unless they are told otherwise. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String CHANNEL = "channel";
    /** Of what does not say where it comes from. */
    private static final String ORIGIN = "push";

    static List<PushRoute> all(DeliveryDoor deliveries, PushedItems pushed, List<Envelope> envelopes) {
        return List.of("/", "/channels/{" + CHANNEL + "}").stream()
                .map(path -> new PushRoute(Route.post(path, "push").answers(204), deliveries, pushed, envelopes))
                .toList();
    }

    @Override
    public HttpReply serve(MatchedRequest request, Exchange exchange) {
        List<Item> items;
        try {
            items = pushed.items(request);
        } catch (Refusal broken) {
            return reply(List.of(park(request, pushed.raw(request), broken)));
        }
        exchange.items(items.size());
        return reply(outcomes(request, items));
    }

    private List<Outcome> outcomes(MatchedRequest request, List<Item> items) {
        var deadline = Deadline.in(PATIENCE);
        var outcomes = new ArrayList<Outcome>();
        var parts = new LinkedHashMap<DeliverySource, List<Item>>();
        for (Item item : items) {
            Opened inside;
            try {
                inside = open(item);
            } catch (Refusal broken) {
                outcomes.add(park(request, item, broken));
                continue;
            }
            parts.computeIfAbsent(way(request, inside), way -> new ArrayList<>())
                    .addAll(inside.items());
        }
        parts.forEach((way, part) -> outcomes.addAll(deliveries.deliver(way, part, deadline)));
        return outcomes;
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

    /** What is in it nobody knows, so any channel that is named will do. */
    private Outcome park(MatchedRequest request, Item item, Refusal broken) {
        String named = request.fields().get(CHANNEL);
        String channel = named == null ? only(Payload.EVENTS) : named;
        if (deliveries.channels(Set.of(Payload.values())).noneMatch(channel::equals)) {
            throw unknown(channel);
        }
        return deliveries.park(new DeliverySource(channel, ORIGIN), item, broken.sentence());
    }

    private DeliverySource way(MatchedRequest request, Opened inside) {
        String named = request.fields().get(CHANNEL);
        if (named == null) {
            return new DeliverySource(only(inside.payload()), inside.origin());
        }
        if (deliveries.channels(Set.of(inside.payload())).noneMatch(named::equals)) {
            throw unknown(named);
        }
        return new DeliverySource(named, inside.origin());
    }

    private static Refusal unknown(String channel) {
        return Refusal.notFound("no channel takes this by the name: " + Refusal.quote(channel));
    }

    private String only(Payload payload) {
        try {
            return deliveries.onlyChannel(payload);
        } catch (IllegalArgumentException several) {
            throw Refusal.notFound(several.getMessage() + ": push to /channels/{channel}");
        }
    }

    private static HttpReply reply(List<Outcome> outcomes) {
        outcomes.stream()
                .filter(outcome -> outcome.kind() == Outcome.Kind.RETRY)
                .findFirst()
                .ifPresent(waiting -> {
                    throw Refusal.unavailable(waiting.reason(), new IllegalStateException(waiting.reason()));
                });
        return new HttpReply(204, Headers.NONE, new byte[0]);
    }
}
