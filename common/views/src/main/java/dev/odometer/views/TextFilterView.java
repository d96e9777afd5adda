package dev.odometer.views;

import dev.odometer.metering.usage.TextFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters in the dialect whose operators begin with a dollar. */
final class TextFilterView {

    private TextFilterView() {}

    /** The filter as a tree that the API reads as the same filter; empty texts aside, which it does not take. */
    static Map<String, Object> tree(TextFilter filter) {
        return switch (filter.op()) {
            case ALL -> Map.of("$and", trees(filter));
            case ANY -> Map.of("$or", trees(filter));
            case IN, NIN -> Map.of(word(filter), filter.values());
            default -> Map.of(word(filter), filter.values().get(0));
        };
    }

    private static List<Map<String, Object>> trees(TextFilter filter) {
        return filter.parts().stream().map(TextFilterView::tree).toList();
    }

    private static String word(TextFilter filter) {
        return "$" + filter.op().name().toLowerCase(Locale.ROOT);
    }
}
