package dev.odometer.metering.export;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Slug;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is to be exported: usage of {@code from <= t < to}, by meter, subject and window. Equal ones are one export.
 *
 * @param from a full second
 * @param to a full second; at most 31 days later for minutes, 366 for hours, 3,660 for days and months
 * @param meters slugs, sorted; empty for every meter there is when it is written
 * @param revision 0 to 9,999; another one exports the same anew, beside what is there
 */
public record ExportRequest(
        Instant from,
        Instant to,
        WindowSize windowSize,
        ZoneId zone,
        List<String> meters,
        Format format,
        int revision) {

    private static final Map<WindowSize, Duration> LONGEST = Map.of(
            WindowSize.MINUTE, Duration.ofDays(31),
            WindowSize.HOUR, Duration.ofDays(366),
            WindowSize.DAY, Duration.ofDays(3660),
            WindowSize.MONTH, Duration.ofDays(3660));
    private static final int LARGEST_REVISION = 9999;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How a file is written. */
    public enum Format {
        CSV("text/csv"),
        /** One JSON object a line. */
        NDJSON("application/x-ndjson");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** @throws Refusal INVALID when the period is empty or too long, or a value is out of its range */
    public ExportRequest {
        var range = new Range(fullSecond("from", from), fullSecond("to", to));
        from = range.from() == null ? from : range.from();
        to = range.to() == null ? to : range.to();
        Duration longest = LONGEST.getOrDefault(windowSize, Duration.ZERO);
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw Refusal.invalid("a period in windows of " + windowSize + " must have at most " + longest.toDays()
                    + " days: " + from + " to " + to);
        }
        if (revision < 0 || revision > LARGEST_REVISION) {
            throw Refusal.invalid("revision must be 0 to " + LARGEST_REVISION + ": " + revision);
        }
        meters.forEach(meter -> Slug.parse("meters", meter));
        meters = List.copyOf(new TreeSet<>(meters));
    }

    private static Instant fullSecond(String field, Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            throw Refusal.invalid(field + " must be a full second: " + time);
        }
        return time;
    }

    /**
     * The name of a meter's file: {@code <meter>/<from>--<to>-<window>-<zone>.<format>}, of letters, digits and
     * {@code _ - + . /} whatever was asked for.
     */
    public String fileOf(String meter) {
        return meter + "/" + NAME.format(from) + "--" + NAME.format(to) + "-" + lower(windowSize) + "-"
                + zone.getId().replace('/', '-') + (revision == 0 ? "" : "-r" + revision) + "." + lower(format);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
