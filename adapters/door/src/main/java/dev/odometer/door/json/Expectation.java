package dev.odometer.door.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes expected types to clients in terms of JSON, without class names. */
final class Expectation {

    private static final Map<Class<?>, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry(String.class, "a string"),
            Map.entry(Instant.class, "an RFC 3339 time"),
            Map.entry(LocalDate.class, "a date"),
            Map.entry(Duration.class, "an ISO 8601 duration"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(int.class, "a whole number of 32 bits"),
            Map.entry(Integer.class, "a whole number of 32 bits"),
            Map.entry(long.class, "a whole number of 64 bits"),
            Map.entry(Long.class, "a whole number of 64 bits"),
            Map.entry(BigInteger.class, "a whole number"),
            Map.entry(BigDecimal.class, "a number"),
            Map.entry(double.class, "a number"),
            Map.entry(Double.class, "a number"));

    private Expectation() {}

    static String of(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", "));
        }
        if (ZoneId.class.isAssignableFrom(type)) {
            return "an IANA time zone";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        boolean structured = Map.class.isAssignableFrom(type) || type.isRecord();
        return DESCRIPTIONS.getOrDefault(type, structured ? "an object" : "a valid value");
    }
}
