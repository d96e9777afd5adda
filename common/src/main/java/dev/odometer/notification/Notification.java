package dev.odometer.notification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule noticed, as it is told: never changed, and the same in every delivery.
 *
 * @param id a ULID; receivers know by it what they have seen
 * @param type as {@link Watch#type()}
 * @param rule as it was then
 * @param payload what is sent, as a tree of maps, lists, texts, numbers and truth values
 */
public record Notification(
        String id, String type, Rule rule, Map<String, @Nullable Object> payload, Instant createdAt) {}
