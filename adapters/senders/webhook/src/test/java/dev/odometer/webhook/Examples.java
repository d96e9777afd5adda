package dev.odometer.webhook;

import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Courier.OutboundMessage;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.Target.Webhook;
import dev.odometer.metering.notification.Topic;
import dev.odometer.metering.resource.Lifecycle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sample notification and webhooks. */
final class Examples {

    static final String ID = "01JD8ZZZZZZZZZZZZZZZZZZZZZ";
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String OLD_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private Examples() {}

    static Webhook webhook(String url) {
        return new Webhook(url, Map.of(), SECRET, null, null);
    }

    static Webhook rotated(@Nullable Instant until) {
        return new Webhook("https://a.example", Map.of(), SECRET, OLD_SECRET, until);
    }

    static OutboundMessage outbound(Webhook webhook, String json, Instant at) {
        var rule = new Rule(
                ID, "all", false, new RuleCondition.OfResets(Map.of()), List.of(ID), Map.of(), Lifecycle.created(at));
        var notification = new Notification(ID, "entitlements.reset", rule, new Topic(null, null, null), Map.of(), at);
        var channel = new Channel(ID, "hook", false, webhook, Map.of(), Lifecycle.created(at));
        return new OutboundMessage(notification, channel, json.getBytes(StandardCharsets.UTF_8), at);
    }
}
