package dev.odometer.door.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client wants to read, see RFC 9110, 12.5.1. A header that is absent or unreadable asks for anything. */
public final class Accept {

    private static final Pattern RANGE =
            Pattern.compile("\\s*+([^\\s/;,]++)/([^\\s/;,]++)\\s*+((?:;[^;]*+)*+)", Pattern.DOTALL);
    private static final Pattern WEIGHT = Pattern.compile(";\\s*+[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*+(?=;|$)");
    private static final Pattern ANY_WEIGHT = Pattern.compile(";\\s*+[qQ]\\s*+=");

    private Accept() {}

    /** The one of the types that the client likes best; of equals the first. Nothing when it likes none. */
    public static Optional<String> choose(Optional<String> header, List<String> types) {
        List<Range> ranges = header.map(Accept::ranges).orElse(List.of());
        if (ranges.isEmpty()) {
            return types.stream().findFirst();
        }
        String best = null;
        double weight = 0;
        for (String type : types) {
            double liked = weight(ranges, type);
            if (liked > weight) {
                best = type;
                weight = liked;
            }
        }
        return Optional.ofNullable(best);
    }

    private static List<Range> ranges(String header) {
        var ranges = new ArrayList<Range>();
        for (String part : header.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                return List.of();
            }
            Matcher weight = WEIGHT.matcher(range.group(3));
            boolean weighed = weight.find();
            if (!weighed && ANY_WEIGHT.matcher(range.group(3)).find()) {
                return List.of();
            }
            ranges.add(new Range(
                    range.group(1).toLowerCase(Locale.ROOT),
                    range.group(2).toLowerCase(Locale.ROOT),
                    weighed ? Double.parseDouble(weight.group(1)) : 1));
        }
        return ranges;
    }

    /** The weight of the most specific range that matches. */
    private static double weight(List<Range> ranges, String type) {
        double weight = 0;
        int closest = -1;
        for (Range range : ranges) {
            int closeness = range.closeness(type);
            if (closeness > closest) {
                closest = closeness;
                weight = range.weight;
            }
        }
        return weight;
    }

    private record Range(String type, String subtype, double weight) {

        /** 2 for the type itself, 1 for its kind, 0 for anything, -1 for another. */
        int closeness(String other) {
            if (other.equals(type + "/" + subtype)) {
                return 2;
            }
            if (!subtype.equals("*")) {
                return -1;
            }
            return type.equals("*") ? 0 : other.startsWith(type + "/") ? 1 : -1;
        }
    }
}
