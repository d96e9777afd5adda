package dev.odometer.metering.notification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert that was raised, as it is delivered: never changed, and the same in every delivery.
 *
 * @param id a ULID, by which receivers deduplicate
 * @param type as {@link RuleCondition#type()}
 * @param rule as it was when the alert was raised
 * @param payload what is delivered and shown, as {@link PayloadWriter} rendered it when the alert was raised
 */
public record Notification(
        String id, String type, Rule rule, Topic topic, Map<String, @Nullable Object> payload, Instant createdAt) {

    /** The alert, rendered. */
    public static Notification of(String id, Instant at, Alert alert, PayloadWriter payloads) {
        Rule rule = alert.rule();
        return new Notification(id, rule.watch().type(), rule, alert.topic(), payloads.payload(id, at, alert), at);
    }
}
