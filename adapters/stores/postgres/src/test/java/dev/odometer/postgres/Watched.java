package dev.odometer.postgres;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Notifications.Search;
import dev.odometer.metering.notification.Notifications.Sent;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

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
                NOW,
                NOW,
                null);
    }

    static Channel channel() {
        return Examples.webhook(1);
    }

    /** On a day's tokens of each subject. */
    static Rule rule(int n, String... thresholds) {
        return Examples.rule(n, watch(WindowSize.DAY, thresholds), CHANNEL);
    }

    static RuleCondition.OfUsage watch(WindowSize size, String... thresholds) {
        RuleCondition.OfUsage calls = Examples.calls(thresholds);
        return new RuleCondition.OfUsage(
                tokens(Aggregation.SUM).id(), "tokens", size, ZoneOffset.UTC, List.of(), calls.thresholds());
    }

    static UsageEvent event(String id, String subject, String tokens, Instant at) {
        return new UsageEvent(
                "1.0", id, "s", "prompt", subject, at, null, null, Map.of("tokens", tokens, "model", "m"));
    }

    static List<Notification> raised(PostgresStore store) {
        var all = new Search(null, null, List.of(), List.of(), List.of(), List.of(), false, 1, 10_000);
        return store.notifications().list(all).items().stream()
                .map(Sent::notification)
                .toList();
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
