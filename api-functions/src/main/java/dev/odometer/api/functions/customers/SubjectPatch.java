package dev.odometer.api.functions.customers;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.resource.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A partial update of a subject: an absent field stays, a null field is cleared. */
final class SubjectPatch {

    private final Map<String, @Nullable Object> fields;
    private final String key;

    SubjectPatch(@Nullable Map<String, @Nullable Object> fields) {
        if (fields == null) {
            throw Refusal.invalid("a subject must be an object");
        }
        this.fields = fields;
        String keyField = text("key", null);
        if (keyField == null) {
            throw Refusal.invalid("key is required");
        }
        this.key = keyField;
    }

    String key() {
        return key;
    }

    Subject applyTo(Subject subject, Instant now) {
        return new Subject(
                subject.id(),
                subject.key(),
                text("displayName", subject.displayName()),
                metadata(subject.metadata()),
                text("stripeCustomerId", subject.stripeCustomerId()),
                time("currentPeriodStart", subject.currentPeriodStart()),
                time("currentPeriodEnd", subject.currentPeriodEnd()),
                subject.lifecycle().changed(now));
    }

    private @Nullable String text(String field, @Nullable String before) {
        if (!fields.containsKey(field)) {
            return before;
        }
        Object value = fields.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return text;
        }
        throw Refusal.invalid(field + " must be a string");
    }

    private @Nullable Instant time(String field, @Nullable Instant before) {
        String text = text(field, before == null ? null : before.toString());
        return text == null ? null : Timestamp.parse(field, text);
    }

    private @Nullable Map<String, String> metadata(@Nullable Map<String, String> before) {
        if (!fields.containsKey("metadata")) {
            return before;
        }
        Object value = fields.get("metadata");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw Refusal.invalid("metadata must be an object");
        }
        var metadata = new HashMap<String, String>();
        map.forEach((name, text) -> {
            if (!(text instanceof String string)) {
                throw Refusal.invalid("metadata." + Refusal.quote(String.valueOf(name)) + " must be a string");
            }
            metadata.put(String.valueOf(name), string);
        });
        return metadata;
    }
}
