package dev.odometer.metering.notification;

import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.Window;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Sample channels, rules and notifications. */
public final class Examples {

    public static final Instant NOW = Instant.parse("2026-11-02T03:00:00.123456Z");
    public static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private Examples() {}

    /** An id that sorts by the number. */
    public static String id(int n) {
        return "01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(n);
    }

    public static Channel webhook(int n) {
        Target target = new Target.Webhook("http://127.0.0.1:9/hook", Map.of("x-team", "ops"), SECRET, null, null);
        return channel(n, target);
    }

    public static Channel channel(int n, Target target) {
        return new Channel(id(n), "ops", false, target, Map.of(), Lifecycle.created(NOW.plusSeconds(n)));
    }

    public static Channel disabled(Channel c) {
        return new Channel(c.id(), c.name(), true, c.target(), c.metadata(), c.lifecycle());
    }

    public static Threshold above(String value) {
        return new Threshold(Threshold.Kind.USAGE_VALUE, new BigDecimal(value));
    }

    /** A condition on the calls of each subject per day. */
    public static RuleCondition.OfUsage calls(String... values) {
        return new RuleCondition.OfUsage(
                "01ARZ3NDEKTSV4RRFFQ69G5MET",
                "calls",
                WindowSize.DAY,
                ZoneOffset.UTC,
                List.of(),
                List.of(values).stream().map(Examples::above).toList());
    }

    public static Rule rule(int n, RuleCondition watch, String... channels) {
        return new Rule(
                id(n), "many calls", false, watch, List.of(channels), Map.of(), Lifecycle.created(NOW.plusSeconds(n)));
    }

    public static Notification notification(int n, Rule rule, String subject) {
        var window = new Window(NOW.minus(Duration.ofHours(3)), NOW.plus(Duration.ofHours(21)));
        var alert = new Alert.OfUsage(rule, calls("100"), subject, window, new BigDecimal("100.5"), above("100"));
        return Notification.of(id(n), NOW.plusSeconds(n), alert, new ExamplePayloads());
    }

    public static Attempt attempt(boolean succeeded, Instant at) {
        return new Attempt(
                succeeded, at, succeeded ? 200 : 500, "ok", Duration.ofMillis(12), "http://127.0.0.1:9/hook");
    }
}
