package dev.odometer.metering.notification;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.notification.Notifications.Search;
import dev.odometer.metering.notification.Notifications.Sent;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A meter of tokens, a channel, and rules on the meter, for tests of alerts. */
public final class AlertExamples {

    public static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final String CHANNEL = Examples.id(1);

    private AlertExamples() {}

    public static Meter tokens(Aggregation aggregation) {
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

    public static Channel channel() {
        return Examples.webhook(1);
    }

    /** A rule on the tokens of each subject per day. */
    public static Rule rule(int n, String... thresholds) {
        return Examples.rule(n, condition(WindowSize.DAY, thresholds), CHANNEL);
    }

    public static RuleCondition.OfUsage condition(WindowSize size, String... thresholds) {
        RuleCondition.OfUsage calls = Examples.calls(thresholds);
        return new RuleCondition.OfUsage(
                tokens(Aggregation.SUM).id(), "tokens", size, ZoneOffset.UTC, List.of(), calls.thresholds());
    }

    public static UsageEvent event(String id, String subject, String tokens, Instant at) {
        return new UsageEvent(
                "1.0", id, "s", "prompt", subject, at, null, null, Map.of("tokens", tokens, "model", "m"));
    }

    /** All stored notifications, oldest first. */
    public static List<Notification> raised(Notifications notifications) {
        return IntStream.iterate(1, page -> page + 1)
                .mapToObj(page -> page(notifications, page))
                .takeWhile(items -> !items.isEmpty())
                .flatMap(List::stream)
                .map(Sent::notification)
                .toList();
    }

    private static List<Sent> page(Notifications notifications, int page) {
        var search = new Search(
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                new PageRequest(page, PageRequest.MAX_SIZE));
        return notifications.list(search).items();
    }

    /** The value at a path in the data of a notification, or {@code "null"}. */
    public static String at(Notification notification, String... path) {
        return ExamplePayloads.in(notification, path).orElse("null");
    }

    public static String subject(Notification notification) {
        return String.valueOf(notification.topic().subject());
    }
}
