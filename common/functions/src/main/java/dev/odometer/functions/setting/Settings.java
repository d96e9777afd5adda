package dev.odometer.functions.setting;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.text.TimeZones;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings as typed values. A blank setting counts as not set, because deployment templates set unused settings to
 * the empty string. Every method throws {@link StartRefusal} with the setting's name and value if the value is invalid.
 *
 * @param source returns a setting by its name, or null
 */
public record Settings(Function<String, @Nullable String> source) {

    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,18})(ns|us|ms|s|m|h|d)?");
    private static final String ADDRESS = "\\s*(?:\\w+://)?(?:\\[[0-9a-fA-F:.]+\\]|[\\w.-]+):\\d{1,5}\\s*";
    private static final Pattern ADDRESSES = Pattern.compile(ADDRESS + "(?:," + ADDRESS + ")*");
    private static final Pattern SHARE = Pattern.compile("\\d{1,3}(?:\\.\\d{1,20})?");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private @Nullable String value(String name) {
        String value = source.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static StartRefusal refusal(String name, String expected, String value) {
        return new StartRefusal(name + " must be " + expected + ", but is: " + Refusal.quote(value));
    }

    /** A number from {@code min} to {@code max}. */
    public int number(String name, int fallback, int min, int max) {
        return number(name, min, max).orElse(fallback);
    }

    /** A number from {@code min} to {@code max}, or empty if it is not set. */
    public OptionalInt number(String name, int min, int max) {
        return value(name) == null
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(longNumber(name, min, min, max)));
    }

    /** A number from {@code min} to {@code max}. */
    public long longNumber(String name, long fallback, long min, long max) {
        String value = value(name);
        if (value == null) {
            return fallback;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Falls through to the same message.
        }
        throw refusal(name, "a number from " + min + " to " + max, value);
    }

    /** A share from 0 to 1. */
    public BigDecimal share(String name, BigDecimal fallback) {
        String value = value(name);
        if (value == null) {
            return fallback;
        }
        // The pattern excludes huge exponents, which would take long to compare.
        if (SHARE.matcher(value).matches() && new BigDecimal(value).compareTo(BigDecimal.ONE) <= 0) {
            return new BigDecimal(value);
        }
        throw refusal(name, "a share from 0 to 1", value);
    }

    /** True or false, also as on and off, yes and no, 1 and 0. */
    public boolean flag(String name, boolean fallback) {
        String value = value(name);
        if (value == null) {
            return fallback;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw refusal(name, "true or false", value);
        };
    }

    /** A duration from {@code min} to {@code max}: {@code 200ms}, {@code 30s}, {@code PT4M}; without a unit in ms. */
    public Duration duration(String name, Duration fallback, Duration min, Duration max) {
        String value = value(name);
        if (value == null) {
            return fallback;
        }
        try {
            Duration duration = duration(value.toLowerCase(Locale.ROOT));
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException none) {
            // Falls through to the same message.
        }
        throw refusal(name, "a duration from " + min + " to " + max + ", such as 30s or PT30S", value);
    }

    private static Duration duration(String text) {
        Matcher simple = SIMPLE_DURATION.matcher(text);
        if (!simple.matches()) {
            return Duration.parse(text);
        }
        String unit = simple.group(2) == null ? "ms" : simple.group(2);
        return Duration.of(Long.parseLong(simple.group(1)), UNITS.getOrDefault(unit, ChronoUnit.MILLIS));
    }

    /** A constant by its name, in any case. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        String value = value(name);
        if (value == null) {
            return fallback;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> refusal(name, alternatives(type), value));
    }

    /** Such as: a, b or c. */
    private static <E extends Enum<E>> String alternatives(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
                .replaceFirst(", (?=[^,]*$)", " or ");
    }

    /**
     * A text that matches a pattern.
     *
     * @param expected the form in words, for the refusal
     */
    public String text(String name, String fallback, Pattern pattern, String expected) {
        String value = value(name);
        if (value != null && !pattern.matcher(value).matches()) {
            throw refusal(name, expected, value);
        }
        return value == null ? fallback : value;
    }

    /** Addresses {@code host:port}, separated by commas. */
    public String addresses(String name, String fallback) {
        return text(name, fallback, ADDRESSES, "host:port, or several separated by commas");
    }

    /** A zone of the IANA time zone database, or an offset. */
    public ZoneId zone(String name, ZoneId fallback) {
        String value = value(name);
        try {
            return value == null ? fallback : TimeZones.named(value).orElseGet(() -> ZoneId.of(value));
        } catch (DateTimeException unknown) {
            throw refusal(name, "an ID of the IANA time zone database", String.valueOf(value));
        }
    }
}
