package dev.odometer.postgres;

import dev.odometer.meter.Aggregation;
import dev.odometer.meter.Meter;
import dev.odometer.notification.Channel;
import dev.odometer.notification.Examples;
import dev.odometer.notification.Notification;
import dev.odometer.notification.Notifications.Search;
import dev.odometer.notification.Notifications.Sent;
import dev.odometer.notification.Rule;
import dev.odometer.notification.Watch;
import dev.odometer.resource.Lifecycle;
import dev.odometer.resource.PageRequest;
import dev.odometer.usage.UsageEvent;
import dev.odometer.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A meter of tokens, a channel, and rules on the meter: what tests of noticing begin with. */
final class Watched {

    static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String CHANNEL = Examples.id(1);

    private Watched() {}

    static Meter tokens(Aggregation aggregation) {
        return new Meter(
                "01ARZ3NDEKTSV4RRFFQ69G5TKN",
                "tokens",
                "tokens",
                null,
                Map.of(),
                aggregation,
                "prompt",
                null,
                aggregation.needsValue() ? "$.tokens" : null,
                Map.of("model", "$.model"),
                Lifecycle.created(NOW));
    }

    static Channel channel() {
        return Examples.webhook(1);
    }

    /** On a day's tokens of each subject. */
    static Rule rule(int n, String... thresholds) {
        return Examples.rule(n, watch(WindowSize.DAY, thresholds), CHANNEL);
    }

    static Watch.OfUsage watch(WindowSize size, String... thresholds) {
        Watch.OfUsage calls = Examples.calls(thresholds);
        return new Watch.OfUsage(
                tokens(Aggregation.SUM).id(), "tokens", size, ZoneOffset.UTC, List.of(), calls.thresholds());
    }

    static UsageEvent event(String id, String subject, String tokens, Instant at) {
        return new UsageEvent(
                "1.0", id, "s", "prompt", subject, at, null, null, Map.of("tokens", tokens, "model", "m"));
    }

    static List<Notification> raised(PostgresStore store) {
        return IntStream.iterate(1, page -> page + 1)
                .mapToObj(page -> page(store, page))
                .takeWhile(items -> !items.isEmpty())
                .flatMap(List::stream)
                .map(Sent::notification)
                .toList();
    }

    private static List<Sent> page(PostgresStore store, int page) {
        var search =
                new Search(null, null, List.of(), List.of(), List.of(), List.of(), false, new PageRequest(page, 1000));
        return store.notifications().list(search).items();
    }

    /** What a notification of usage says: rule, subject, day and threshold. */
    static String told(Notification notification) {
        return String.join(
                " ",
                notification.rule().id(),
                notification.subject().orElseThrow(),
                notification.text("data", "window", "from").orElseThrow(),
                amount(notification, "threshold", "value"));
    }

    static String amount(Notification notification, String... path) {
        Object place = notification.payload().get("data");
        for (String name : path) {
            place = place instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return String.valueOf(place);
    }
}
