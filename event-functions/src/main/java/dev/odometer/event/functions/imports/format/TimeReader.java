package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.Rfc3339;
import dev.odometer.functions.text.TimeZones;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses times in the format of a profile. A local time that occurs twice, when daylight saving time ends, is the
 * earlier one; one that does not exist, when it begins, is invalid.
 */
interface TimeReader {

    /** @throws Refusal for a text that is not a time in this format */
    Instant read(String text);

    /**
     * Returns the reader for a format name or pattern.
     *
     * @throws IllegalArgumentException for an unknown format or zone
     */
    static TimeReader of(@Nullable String format, @Nullable String zone) {
        ZoneId id = zone(zone);
        return switch (format == null ? "rfc3339" : format) {
            case "rfc3339" -> TimeReader::rfc3339;
            case "epoch-seconds" -> text -> epoch(text, 0);
            case "epoch-millis" -> text -> epoch(text, 3);
            default -> {
                DateTimeFormatter formatter = formatter(format == null ? "" : format);
                yield text -> local(text, formatter, id);
            }
        };
    }

    private static ZoneId zone(@Nullable String zone) {
        try {
            return zone == null ? ZoneOffset.UTC : TimeZones.named(zone).orElseGet(() -> ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("zone must be an ID of the IANA time zone database: " + zone, unknown);
        }
    }

    private static DateTimeFormatter formatter(String pattern) {
        try {
            // Strict, or 31 February would be valid; strict parsing needs the proleptic year u in place of y.
            return DateTimeFormatter.ofPattern(proleptic(pattern), Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException(
                    "time-format must be rfc3339, epoch-seconds, epoch-millis or a pattern of Java's DateTimeFormatter: "
                            + pattern,
                    broken);
        }
    }

    private static String proleptic(String pattern) {
        var changed = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            isQuoted ^= c == '\'';
            changed.append(c == 'y' && !isQuoted ? 'u' : c);
        }
        return changed.toString();
    }

    private static Refusal invalid(String form, String text) {
        return Refusal.invalid("time must be " + form + ": " + Refusal.quote(text));
    }

    private static Instant rfc3339(String text) {
        Instant time = Rfc3339.parse(text);
        if (time == null) {
            throw invalid("in RFC 3339 format", text);
        }
        return time;
    }

    private static Instant epoch(String text, int digits) {
        try {
            if (text.length() > 40 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
                throw new NumberFormatException("too long");
            }
            BigDecimal seconds = new BigDecimal(text).movePointLeft(digits);
            long whole = seconds.setScale(0, java.math.RoundingMode.FLOOR).longValueExact();
            return Instant.ofEpochSecond(
                    whole,
                    seconds.subtract(BigDecimal.valueOf(whole))
                            .movePointRight(9)
                            .longValue());
        } catch (ArithmeticException | NumberFormatException | DateTimeException none) {
            throw invalid(
                    "a number of " + (digits == 0 ? "seconds" : "milliseconds") + " since 1970-01-01T00:00:00Z", text);
        }
    }

    private static Instant local(String text, DateTimeFormatter formatter, ZoneId zone) {
        TemporalAccessor read;
        try {
            read = formatter.parseBest(
                    text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        } catch (DateTimeException mismatch) {
            throw invalid("in the profile's format", text);
        }
        if (read instanceof ZonedDateTime zoned) {
            return zoned.toInstant();
        }
        if (read instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        LocalDateTime local = read instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) read;
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty() && read instanceof LocalDate day) {
            return day.atStartOfDay(zone).toInstant();
        }
        if (offsets.isEmpty()) {
            throw invalid("a local time that exists in " + zone, text);
        }
        return local.toInstant(offsets.get(0));
    }
}
