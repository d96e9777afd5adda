package dev.odometer.metering.meter;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Slug;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.resource.Timestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A definition that turns the events of one type into a number. The aggregation, event type, value and start are
 * immutable; name, description, metadata and group-by keys may change.
 *
 * @param id a ULID
 * @param slug unique among live meters
 * @param eventFrom events before this time are not counted; absent to count all
 * @param valueProperty the JSONPath of the value; absent only for {@link Aggregation#COUNT}
 * @param groupBy key to JSONPath, sorted by key
 */
public record Meter(
        String id,
        String slug,
        String name,
        @Nullable String description,
        Map<String, String> metadata,
        Aggregation aggregation,
        String eventType,
        @Nullable Instant eventFrom,
        @Nullable String valueProperty,
        Map<String, String> groupBy,
        Lifecycle lifecycle)
        implements Resource {

    private static final Pattern KEY = Pattern.compile("[a-zA-Z_][0-9a-zA-Z_]*+");
    private static final int MAX_GROUPS = 32;
    private static final int MAX_KEY_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_DESCRIPTION_LENGTH = 1024;

    /** @throws Refusal when a field is invalid, fields contradict each other or a path cannot be parsed */
    public Meter {
        Slug.parse("slug", slug);
        Text.checked("name", name, MAX_NAME_LENGTH);
        Text.checked("eventType", eventType, MAX_DESCRIPTION_LENGTH);
        if (description != null) {
            Text.bounded("description", description, MAX_DESCRIPTION_LENGTH);
        }
        eventFrom = eventFrom == null ? null : Timestamp.checked("eventFrom", eventFrom);
        metadata = Metadata.checked(metadata);
        groupBy = Collections.unmodifiableMap(new TreeMap<>(groupBy));
        checkValue(aggregation, valueProperty);
        checkGroups(groupBy, valueProperty);
    }

    private static void checkValue(Aggregation aggregation, @Nullable String valueProperty) {
        if (!aggregation.needsValue() && valueProperty != null) {
            throw Refusal.invalid("valueProperty is not allowed for aggregation " + aggregation);
        }
        if (aggregation.needsValue() && valueProperty == null) {
            throw Refusal.invalid("valueProperty is required for aggregation " + aggregation);
        }
        if (valueProperty != null) {
            checkPath("valueProperty", valueProperty);
        }
    }

    private static void checkGroups(Map<String, String> groupBy, @Nullable String valueProperty) {
        if (groupBy.size() > MAX_GROUPS) {
            throw Refusal.invalid("groupBy must have at most " + MAX_GROUPS + " keys");
        }
        groupBy.forEach((key, path) -> {
            if (key.length() > MAX_KEY_LENGTH || !KEY.matcher(key).matches()) {
                throw Refusal.invalid(
                        "groupBy key must be a letter or _, then letters, digits and _: " + Refusal.quote(key));
            }
            if (key.equals("subject") || key.equals("customer_id")) {
                throw Refusal.invalid("groupBy key is reserved: " + key);
            }
            if (path == null) {
                throw Refusal.invalid("groupBy." + key + " must be a JSONPath");
            }
            if (path.equals(valueProperty)) {
                throw Refusal.invalid("groupBy " + key + " must differ from valueProperty: " + path);
            }
            checkPath("groupBy." + key, path);
        });
    }

    private static void checkPath(String field, String path) {
        try {
            ValuePath.parse(path);
        } catch (Refusal refusal) {
            throw refusal.at(field);
        }
    }

    /** Whether the meter counts events at this time. */
    public boolean covers(Instant time) {
        return eventFrom == null || !time.isBefore(eventFrom);
    }

    /** The meter with the change applied. */
    public Meter changed(MeterChange change, Instant at) {
        return new Meter(
                id,
                slug,
                Objects.requireNonNullElse(change.name(), slug),
                change.description() == null ? description : change.description(),
                Objects.requireNonNullElse(change.metadata(), metadata),
                aggregation,
                eventType,
                eventFrom,
                valueProperty,
                Objects.requireNonNullElse(change.groupBy(), Map.of()),
                lifecycle.changed(at));
    }

    public Meter deleted(Instant at) {
        return new Meter(
                id,
                slug,
                name,
                description,
                metadata,
                aggregation,
                eventType,
                eventFrom,
                valueProperty,
                groupBy,
                lifecycle.deleted(at));
    }
}
