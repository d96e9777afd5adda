package dev.odometer.metering.notification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A raised alert, rendered for delivery. Immutable, and the same in every delivery.
 *
 * @param id a ULID, by which receivers deduplicate
 * @param type as {@link RuleCondition#type()}
 * @param rule as it was when the alert was raised
 * @param payload the payload in deliveries and the API, rendered by {@link PayloadWriter} when the alert was raised
 */
public record Notification(
        String id, String type, Rule rule, Topic topic, Map<String, @Nullable Object> payload, Instant createdAt) {

    /** Renders an alert. */
    public static Notification of(String id, Instant at, Alert alert, PayloadWriter payloads) {
        Rule rule = alert.rule();
        return new Notification(id, rule.condition().type(), rule, alert.topic(), payloads.payload(id, at, alert), at);
    }
}
