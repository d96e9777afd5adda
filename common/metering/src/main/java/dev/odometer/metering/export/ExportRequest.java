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
 * A request to export the usage of {@code from <= t < to} by meter, subject and window. Equal requests are one export.
 *
 * @param from a whole second
 * @param to a whole second; at most 31 days later for minutes, 366 for hours, 3,660 for days and months
 * @param meters slugs, sorted; empty for all meters that exist when the files are written
 * @param revision 0 to 9,999; a new revision exports the same usage again, into additional files
 */
public record ExportRequest(
        Instant from,
        Instant to,
        WindowSize windowSize,
        ZoneId zone,
        List<String> meters,
        Format format,
        int revision) {

    private static final Map<WindowSize, Duration> MAX_PERIOD = Map.of(
            WindowSize.MINUTE, Duration.ofDays(31),
            WindowSize.HOUR, Duration.ofDays(366),
            WindowSize.DAY, Duration.ofDays(3660),
            WindowSize.MONTH, Duration.ofDays(3660));
    private static final int MAX_REVISION = 9999;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The format of a file. */
    public enum Format {
        CSV("text/csv"),
        /** One JSON object per line. */
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
        var range = new Range(wholeSecond("from", from), wholeSecond("to", to));
        from = range.from() == null ? from : range.from();
        to = range.to() == null ? to : range.to();
        Duration longest = MAX_PERIOD.getOrDefault(windowSize, Duration.ZERO);
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw Refusal.invalid("a period with " + windowSize + " windows must have at most " + longest.toDays()
                    + " days: " + from + " to " + to);
        }
        if (revision < 0 || revision > MAX_REVISION) {
            throw Refusal.invalid("revision must be 0 to " + MAX_REVISION + ": " + revision);
        }
        meters.forEach(meter -> Slug.parse("meters", meter));
        meters = List.copyOf(new TreeSet<>(meters));
    }

    private static Instant wholeSecond(String field, Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
            throw Refusal.invalid(field + " must be a whole second: " + time);
        }
        return time;
    }

    /**
     * The name of a meter's file: {@code <meter>/<from>--<to>-<window>-<zone>.<format>}, with {@code -r<revision>}
     * before the extension if it is not 0. It consists of letters, digits and {@code _ - + . /} only, so it is valid in
     * every store and cannot leave its folder.
     */
    public String fileOf(String meter) {
        return meter + "/" + NAME.format(from) + "--" + NAME.format(to) + "-" + lower(windowSize) + "-"
                + zone.getId().replace('/', '-') + (revision == 0 ? "" : "-r" + revision) + "." + lower(format);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
