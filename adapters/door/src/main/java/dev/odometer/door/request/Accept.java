package dev.odometer.door.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Content negotiation by the Accept header, see RFC 9110, 12.5.1. An absent or malformed header accepts any type. */
public final class Accept {

    private static final Pattern RANGE =
            Pattern.compile("\\s*+([^\\s/;,]++)/([^\\s/;,]++)\\s*+((?:;[^;]*+)*+)", Pattern.DOTALL);
    private static final Pattern WEIGHT = Pattern.compile(";\\s*+[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*+(?=;|$)");
    private static final Pattern ANY_WEIGHT = Pattern.compile(";\\s*+[qQ]\\s*+=");

    private Accept() {}

    /** The type with the highest weight; the first of several. Empty if the client accepts none of them. */
    public static Optional<String> choose(Optional<String> header, List<String> types) {
        List<Range> ranges = header.map(Accept::ranges).orElse(List.of());
        if (ranges.isEmpty()) {
            return types.stream().findFirst();
        }
        String best = null;
        double weight = 0;
        for (String type : types) {
            double typeWeight = weight(ranges, type);
            if (typeWeight > weight) {
                best = type;
                weight = typeWeight;
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
        int bestSpecificity = -1;
        for (Range range : ranges) {
            int specificity = range.specificity(type);
            if (specificity > bestSpecificity) {
                bestSpecificity = specificity;
                weight = range.weight;
            }
        }
        return weight;
    }

    private record Range(String type, String subtype, double weight) {

        /** 2 for the type itself, 1 for {@code type/*}, 0 for any type, -1 if the range does not match. */
        int specificity(String other) {
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
