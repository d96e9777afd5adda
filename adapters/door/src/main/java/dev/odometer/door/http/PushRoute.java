package dev.odometer.door.http;

import dev.odometer.door.batch.BatchResult;
import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.door.http.Envelope.Opened;
import dev.odometer.door.http.PushRoutes.Doors;
import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Receives messages that a broker pushes over HTTP: CloudEvents of every mode, and those in an {@link Envelope}. It
 * answers 204 when all of them are processed or stored as dead letters, and 503 otherwise. A broker only distinguishes
 * an acknowledgement from a redelivery, so an invalid message is not answered with a 4xx status.
 *
 * <p>{@code POST /channels/{channel}} names the channel; {@code POST /} is for brokers that cannot set a path, in
 * deployments with one channel per payload.
 */
record PushRoute(Route route, Doors doors, PushedItems pushed, List<Envelope> envelopes) implements RouteHandler {

    /** Below the default request timeout of Cloud Run and Knative, which is five minutes. */
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private static final String CHANNEL = "channel";
    /** The origin of messages without an envelope. */
    private static final String ORIGIN = "push";

    static List<PushRoute> all(Doors doors, PushedItems pushed, List<Envelope> envelopes) {
        return List.of("/", "/channels/{" + CHANNEL + "}").stream()
                .map(path -> new PushRoute(
                        Route.post(path, "push").answers(204).needs(Scope.INGEST), doors, pushed, envelopes))
                .toList();
    }

    @Override
    public String function() {
        return "";
    }

    /**
     * A failing status makes the broker redeliver the whole request. Dead letters are stored nevertheless: each is
     * stored once, and a message that always fails would otherwise prevent it.
     */
    @Override
    public HttpReply serve(MatchedRequest request, Exchange exchange) {
        BatchResult<Item> result =
                doors.processor().process(deliveries(request, exchange), ReportMode.FAILED_ITEMS, Deadline.in(TIMEOUT));
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
        Opened opened;
        try {
            opened = open(item);
        } catch (Refusal broken) {
            return poison(request, item, broken);
        }
        DeliverySource source = source(request, opened);
        String group = opened.items().isEmpty() ? null : opened.items().get(0).group();
        return new Delivery<>(
                item,
                group,
                opened.items().stream()
                        .map(each -> DeliveredItem.of(source, each))
                        .toList());
    }

    private Opened open(Item item) {
        for (Envelope envelope : envelopes) {
            Optional<Opened> opened = envelope.open(item);
            if (opened.isPresent()) {
                return opened.get();
            }
        }
        return new Opened(Payload.EVENTS, ORIGIN, List.of(item));
    }

    /** Its payload is unknown, so the named channel may have any payload. */
    private Delivery<Item> poison(MatchedRequest request, Item item, Refusal broken) {
        String named = request.fields().get(CHANNEL);
        String channel = named == null ? only(Payload.EVENTS) : named;
        if (doors.batches().bindings().stream()
                .noneMatch(binding -> binding.channel().equals(channel))) {
            throw unknown(channel);
        }
        var source = new DeliverySource(channel, ORIGIN);
        return new Delivery<>(item, null, List.of(DeliveredItem.poison(source, item, broken.detail())));
    }

    private DeliverySource source(MatchedRequest request, Opened opened) {
        String named = request.fields().get(CHANNEL);
        if (named == null) {
            return new DeliverySource(only(opened.payload()), opened.origin());
        }
        if (!doors.batches().channels(opened.payload()).contains(named)) {
            throw unknown(named);
        }
        return new DeliverySource(named, opened.origin());
    }

    private static Refusal unknown(String channel) {
        return Refusal.notFound("no channel with this name takes the payload: " + Refusal.quote(channel));
    }

    private String only(Payload payload) {
        try {
            return doors.batches().onlyChannel(payload);
        } catch (IllegalArgumentException ambiguous) {
            throw Refusal.notFound(ambiguous.getMessage() + ": push to /channels/{channel}");
        }
    }
}
