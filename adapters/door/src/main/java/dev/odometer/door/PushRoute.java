package dev.odometer.door;

import dev.odometer.door.Envelope.Opened;
import dev.odometer.door.PushRoutes.Doors;
import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;
import java.time.Duration;
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
record PushRoute(Route route, Doors doors, PushedItems pushed, List<Envelope> envelopes) implements RouteHandler {

    /** Cloud Run and Knative end a request after five minutes, unless they are told otherwise. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String CHANNEL = "channel";
    /** Of what does not say where it comes from. */
    private static final String ORIGIN = "push";

    static List<PushRoute> all(Doors doors, PushedItems pushed, List<Envelope> envelopes) {
        return List.of("/", "/channels/{" + CHANNEL + "}").stream()
                .map(path -> new PushRoute(Route.post(path, "push").answers(204), doors, pushed, envelopes))
                .toList();
    }

    /**
     * A failing status makes the broker deliver the whole request again. Dead letters are stored nevertheless: each is
     * stored once, and a message that fails for ever would keep them from it.
     */
    @Override
    public HttpReply serve(MatchedRequest request, Exchange exchange) {
        BatchResult<Item> result = doors.processor()
                .process(deliveries(request, exchange), ReportMode.FAILED_ITEMS, Deadline.in(PATIENCE));
        result.firstFailure().map(item -> result.outcome(item).reason()).ifPresent(reason -> {
            throw Refusal.unavailable(reason, new IllegalStateException(reason));
        });
        return new HttpReply(204, Headers.NONE, new byte[0]);
    }

    private List<Delivery<Item>> deliveries(MatchedRequest request, Exchange exchange) {
        List<Item> items;
        try {
            items = pushed.items(request);
        } catch (Refusal broken) {
            return List.of(poison(request, pushed.raw(request), broken));
        }
        exchange.items(items.size());
        return items.stream().map(item -> delivery(request, item)).toList();
    }

    private Delivery<Item> delivery(MatchedRequest request, Item item) {
        Opened inside;
        try {
            inside = open(item);
        } catch (Refusal broken) {
            return poison(request, item, broken);
        }
        DeliverySource source = source(request, inside);
        String group = inside.items().isEmpty() ? null : inside.items().get(0).group();
        return new Delivery<>(
                item,
                group,
                inside.items().stream()
                        .map(each -> DeliveredItem.of(source, each))
                        .toList());
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

    /** Its payload is unknown, so any channel that is named will do. */
    private Delivery<Item> poison(MatchedRequest request, Item item, Refusal broken) {
        String named = request.fields().get(CHANNEL);
        String channel = named == null ? only(Payload.EVENTS) : named;
        if (!doors.batches().channels(Payload.values()).contains(channel)) {
            throw unknown(channel);
        }
        var source = new DeliverySource(channel, ORIGIN);
        return new Delivery<>(item, null, List.of(DeliveredItem.poison(source, item, broken.sentence())));
    }

    private DeliverySource source(MatchedRequest request, Opened inside) {
        String named = request.fields().get(CHANNEL);
        if (named == null) {
            return new DeliverySource(only(inside.payload()), inside.origin());
        }
        if (!doors.batches().channels(inside.payload()).contains(named)) {
            throw unknown(named);
        }
        return new DeliverySource(named, inside.origin());
    }

    private static Refusal unknown(String channel) {
        return Refusal.notFound("no channel takes this by the name: " + Refusal.quote(channel));
    }

    private String only(Payload payload) {
        try {
            return doors.batches().onlyChannel(payload);
        } catch (IllegalArgumentException several) {
            throw Refusal.notFound(several.getMessage() + ": push to /channels/{channel}");
        }
    }
}
