package dev.odometer.views;

import dev.odometer.metering.filter.TextFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters in the API's syntax, whose operators begin with a dollar sign. */
final class TextFilterView {

    private TextFilterView() {}

    /** The filter as a tree that the API parses to the same filter, except for empty strings, which the API refuses. */
    static Map<String, Object> tree(TextFilter filter) {
        return switch (filter.op()) {
            case ALL -> Map.of("$and", trees(filter));
            case ANY -> Map.of("$or", trees(filter));
            case IN, NIN -> Map.of(operator(filter), filter.values());
            default -> Map.of(operator(filter), filter.values().get(0));
        };
    }

    private static List<Map<String, Object>> trees(TextFilter filter) {
        return filter.parts().stream().map(TextFilterView::tree).toList();
    }

    private static String operator(TextFilter filter) {
        return "$" + filter.op().name().toLowerCase(Locale.ROOT);
    }
}
