package dev.odometer.metering.meter;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.ValuePath.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads values and group values from events for one meter, with its paths parsed once. Immutable. */
public final class MeterReader {

    /** The longest text that a filter can name. */
    private static final int MAX_GROUP_LENGTH = 1024;

    private static final Reading ONE = new Reading.Amount(BigDecimal.ONE);
    private static final Set<String> INFINITIES = Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    private final Meter meter;
    private final @Nullable ValuePath valuePath;
    private final List<ValuePath> groupPaths;

    public MeterReader(Meter meter) {
        this.meter = meter;
        this.valuePath = meter.valueProperty() == null ? null : ValuePath.parse(meter.valueProperty());
        this.groupPaths =
                meter.groupBy().values().stream().map(ValuePath::parse).toList();
    }

    public Meter meter() {
        return meter;
    }

    /** The value to count in the data of an event of the meter's type, or the reason why the event is skipped. */
    public Reading read(@Nullable Map<String, @Nullable Object> data) {
        return read(data, groups(data));
    }

    /** Like {@link #read(Map)}, with the {@link #groups} of the data, for callers that need them too. */
    public Reading read(@Nullable Map<String, @Nullable Object> data, List<String> groups) {
        for (String group : groups) {
            if (group.length() > MAX_GROUP_LENGTH) {
                return skipped("group by value exceeds " + MAX_GROUP_LENGTH + " characters: " + Refusal.quote(group));
            }
        }
        if (valuePath == null) {
            return ONE;
        }
        if (data == null) {
            return skipped("null and missing value property");
        }
        Optional<Node> place = valuePath.read(data);
        if (place.isEmpty()) {
            return skipped("missing value property: \"" + valuePath + "\"");
        }
        Object value = place.get().value();
        if (value == null) {
            return skipped("value cannot be null");
        }
        return meter.aggregation() == Aggregation.UNIQUE_COUNT ? distinct(value) : amount(value);
    }

    private static Reading distinct(Object value) {
        if (value instanceof String text) {
            return new Reading.Distinct(text);
        }
        return value instanceof Number number ? new Reading.Distinct(text(number)) : unsupported(value);
    }

    private static Reading amount(Object value) {
        if (value instanceof Number number) {
            return Quantity.of(number).<Reading>map(Reading.Amount::new).orElseGet(() -> unparsable(number.toString()));
        }
        return value instanceof String text ? parsed(text) : unsupported(value);
    }

    private static Reading parsed(String text) {
        Optional<BigDecimal> amount = Quantity.parse(text);
        if (amount.isPresent()) {
            return new Reading.Amount(amount.get());
        }
        String lower = text.length() > 10 ? "" : text.toLowerCase(java.util.Locale.ROOT);
        if (lower.equals("nan")) {
            return skipped("value cannot be NaN");
        }
        return INFINITIES.contains(lower) ? skipped("value cannot be infinity") : unparsable(text);
    }

    private static Reading unparsable(String text) {
        return skipped("value cannot be parsed as float64: " + Refusal.quote(text));
    }

    /** The names of Go types, since clients know these messages from OpenMeter. */
    private static Reading unsupported(Object value) {
        String type = value instanceof Boolean
                ? "bool"
                : value instanceof List ? "[]interface {}" : "map[string]interface {}";
        return skipped("unsupported value property type: " + type);
    }

    private static Reading skipped(String reason) {
        return new Reading.Skipped("invalid event: " + reason);
    }

    /**
     * The event's group values in the order of the meter's keys. Scalars become their text and null becomes
     * {@code "null"}; missing values, objects and arrays become {@code ""}.
     */
    public List<String> groups(@Nullable Map<String, @Nullable Object> data) {
        if (groupPaths.isEmpty()) {
            return List.of();
        }
        var groups = new ArrayList<String>(groupPaths.size());
        for (ValuePath path : groupPaths) {
            groups.add(group(path, data));
        }
        return groups;
    }

    private static String group(ValuePath path, @Nullable Map<String, @Nullable Object> data) {
        Optional<Node> place = data == null ? Optional.empty() : path.read(data);
        if (place.isEmpty()) {
            return "";
        }
        Object value = place.get().value();
        if (value instanceof Number number) {
            return text(number);
        }
        return value instanceof Map || value instanceof List ? "" : String.valueOf(value);
    }

    private static String text(Number number) {
        return Quantity.of(number).map(BigDecimal::toPlainString).orElseGet(number::toString);
    }
}
