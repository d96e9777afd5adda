package dev.odometer.metering.usage;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.resource.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One report of consumption: a CloudEvent, see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md.
 *
 * @param specversion always {@code 1.0}
 * @param id unique within the source; (source, id) identifies the event
 * @param source the system that reports the usage
 * @param type the event type, which meters select by
 * @param subject the consumer
 * @param time when the usage happened, truncated to microseconds; absent only until {@link #receivedAt}
 * @param datacontenttype absent or JSON
 * @param dataschema stored unchanged
 * @param data a JSON object with numbers as {@code BigDecimal} or {@code BigInteger} and strings that can be stored,
 *     see {@link Text}; absent without data
 */
public record UsageEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        @Nullable Instant time,
        @Nullable String datacontenttype,
        @Nullable String dataschema,
        @Nullable Map<String, @Nullable Object> data) {

    /** Long enough for URIs, short enough for a database index. */
    public static final int MAX_ATTRIBUTE_BYTES_LENGTH = 1024;

    private static final char FIRST_C1 = 0x80;
    private static final char LAST_C1 = 0x9f;

    /** @throws Refusal INVALID, with the first invalid field */
    @SuppressWarnings("ConstantValue") // a decoder may leave out any of them
    public UsageEvent {
        if (!"1.0".equals(specversion)) {
            throw specversion == null
                    ? missing("specversion")
                    : Refusal.invalid("specversion must be 1.0: " + Refusal.quote(specversion));
        }
        attribute("id", id);
        attribute("source", source);
        attribute("type", type);
        attribute("subject", subject);
        bounded("dataschema", dataschema);
        checkContentType(datacontenttype);
        time = time == null ? null : Timestamp.checked("time", time);
        checkTexts(data);
    }

    private static Refusal missing(String field) {
        return Refusal.invalid(field + " is required");
    }

    /** Returns the subject if it is valid in events. */
    public static String checkedSubject(@Nullable String subject) {
        return attribute("subject", subject);
    }

    private static String attribute(String field, @Nullable String value) {
        if (value == null) {
            throw missing(field);
        }
        if (value.isEmpty()) {
            throw Refusal.invalid(field + " must not be empty");
        }
        bounded(field, value);
        return value;
    }

    private static void bounded(String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        // A char takes at most 3 bytes in UTF-8, so most values need not be encoded to be measured.
        if (value.length() * 3 > MAX_ATTRIBUTE_BYTES_LENGTH
                && value.getBytes(StandardCharsets.UTF_8).length > MAX_ATTRIBUTE_BYTES_LENGTH) {
            throw Refusal.invalid(field + " must have at most " + MAX_ATTRIBUTE_BYTES_LENGTH + " bytes in UTF-8");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 0x7f) {
                throw Refusal.invalid(field + " must not contain control characters");
            }
        }
        if (!Text.isStorable(value)) {
            throw Refusal.invalid(field + " must not contain an unpaired surrogate");
        }
    }

    private static void checkContentType(@Nullable String type) {
        bounded("datacontenttype", type);
        if (type == null) {
            return;
        }
        String bare = type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        if (!bare.equals("application/json") && !bare.equals("text/json") && !bare.endsWith("+json")) {
            throw Refusal.invalid("datacontenttype must be application/json: " + Refusal.quote(type));
        }
    }

    private static void checkTexts(@Nullable Object tree) {
        if (tree instanceof String text && !Text.isStorable(text)) {
            throw Refusal.invalid("data must contain neither NUL nor an unpaired surrogate");
        }
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                checkTexts(key);
                checkTexts(value);
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(UsageEvent::checkTexts);
        }
    }

    /**
     * The event, with the time of receipt as its time if it has none.
     *
     * @throws Refusal INVALID when an attribute has a C1 control character. The constructor admits them, because
     *     earlier versions stored such events.
     */
    public UsageEvent receivedAt(Instant now) {
        checkNoC1("id", id);
        checkNoC1("source", source);
        checkNoC1("type", type);
        checkNoC1("subject", subject);
        checkNoC1("datacontenttype", datacontenttype);
        checkNoC1("dataschema", dataschema);
        return time != null
                ? this
                : new UsageEvent(specversion, id, source, type, subject, now, datacontenttype, dataschema, data);
    }

    private static void checkNoC1(String field, @Nullable String value) {
        for (int i = 0; value != null && i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= FIRST_C1 && c <= LAST_C1) {
                throw Refusal.invalid("%s must not contain control characters: U+%04X".formatted(field, (int) c));
            }
        }
    }

    /** The time, which every received event has. */
    public Instant happenedAt() {
        if (time == null) {
            throw new IllegalStateException("the event has no time, since it is not received yet");
        }
        return time;
    }

    public Identity identity() {
        return new Identity(source, id);
    }

    /** The idempotency key of an event. */
    public record Identity(String source, String id) {}
}
