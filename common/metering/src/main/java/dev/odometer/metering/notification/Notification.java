package dev.odometer.metering.notification;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule noticed, as it is told: never changed, and the same in every delivery.
 *
 * @param id a ULID; receivers know by it what they have seen
 * @param type as {@link RuleCondition#type()}
 * @param rule as it was then
 * @param payload what is sent, as a tree of maps, lists, texts, numbers and truth values
 */
public record Notification(
        String id, String type, Rule rule, Map<String, @Nullable Object> payload, Instant createdAt) {

    /** The text at a place in the payload. */
    public Optional<String> text(String... path) {
        Object place = payload;
        for (String name : path) {
            place = place instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return place instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The key of the feature that it is about. */
    public Optional<String> featureKey() {
        return text("data", "feature", "key");
    }

    /** The id of the feature that it is about. */
    public Optional<String> featureId() {
        return text("data", "feature", "id");
    }

    /** The subject whose usage it is about. */
    public Optional<String> subject() {
        return text("data", "subject", "key");
    }
}
