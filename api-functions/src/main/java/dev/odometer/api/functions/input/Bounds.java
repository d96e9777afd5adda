package dev.odometer.api.functions.input;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.TimeZones;
import dev.odometer.metering.resource.Text;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates single inputs. Each method returns the value to use, or throws a {@code Refusal} that names the field. */
public final class Bounds {

    private static final int MAX_TEXT_LENGTH = 1024;
    private static final int MAX_CLIENT_ID_LENGTH = 36;

    private Bounds() {}

    /** The number of items to return, 1 to 100; 100 when absent. */
    public static int limit(@Nullable Integer limit) {
        return within("limit", limit == null ? 100 : limit, 1, 100);
    }

    /** Returns the value if it is within the range, both ends included. */
    public static int within(String field, int value, int smallest, int largest) {
        if (value < smallest || value > largest) {
            throw Refusal.invalid(field + " must be " + smallest + " to " + largest + ": " + value);
        }
        return value;
    }

    /** Returns the value, which must not be absent. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Refusal.invalid(field + " is required");
        }
        return value;
    }

    /** Refuses a value that has no meaning for the type that the input has; an empty list is absent. */
    public static void absent(String field, @Nullable Object value, @Nullable String type) {
        boolean isEmpty = value == null || (value instanceof Collection<?> items && items.isEmpty());
        if (!isEmpty) {
            throw Refusal.invalid(field + " is not allowed with type " + Refusal.quote(String.valueOf(type)));
        }
    }

    /** Validates the id with which a client can track its query in the wire API; it has no effect here. */
    public static void clientId(@Nullable String clientId) {
        if (clientId != null) {
            Text.checked("clientId", clientId, MAX_CLIENT_ID_LENGTH);
        }
    }

    /** A text of 1 to 1,024 characters, or null when absent. */
    public static @Nullable String text(String field, @Nullable String text) {
        return text == null ? null : Text.checked(field, text, MAX_TEXT_LENGTH);
    }

    /** Distinct texts in the given order, at most {@code max} of them; empty when absent. */
    public static Set<String> texts(String field, @Nullable List<@Nullable String> texts, int max) {
        if (texts == null) {
            return Set.of();
        }
        if (texts.size() > max) {
            throw Refusal.invalid(field + " must have at most " + max + " values");
        }
        var distinct = new LinkedHashSet<String>();
        for (String text : texts) {
            if (text == null) {
                throw Refusal.invalid(field + " must not contain null");
            }
            distinct.add(Text.checked(field, text, MAX_TEXT_LENGTH));
        }
        return distinct;
    }

    /** Whether the order is descending; ascending when absent. */
    public static boolean isDescending(@Nullable String order) {
        return choice("order", order == null ? "ASC" : order, Map.of("ASC", false, "DESC", true));
    }

    /** The zone of an IANA name, UTC when absent; offsets such as {@code +02:00} are not names. */
    public static ZoneId zone(@Nullable String name) {
        String zone = Objects.requireNonNullElse(name, "UTC");
        return TimeZones.named(zone).orElseThrow(() -> Refusal.invalid("invalid time zone: " + Refusal.quote(zone)));
    }

    /** The value that a word stands for. */
    public static <T> T choice(String field, String word, Map<String, T> choices) {
        T chosen = choices.get(word);
        if (chosen == null) {
            throw Refusal.invalid(
                    field + " must be one of " + String.join(", ", sorted(choices)) + ": " + Refusal.quote(word));
        }
        return chosen;
    }

    private static List<String> sorted(Map<String, ?> choices) {
        return choices.keySet().stream().sorted().toList();
    }
}
