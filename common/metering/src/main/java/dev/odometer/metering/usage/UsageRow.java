package dev.odometer.metering.usage;

import dev.odometer.metering.filter.TextOrder;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a query result.
 *
 * @param window the full window, even if the range covers only a part of it; without a window size the minutes from the
 *     first to the last counted event
 * @param value exact and in plain digits
 * @param subject present when the query groups by subject
 * @param customerId present when the query groups by customer
 * @param groupBy the values of the query's group-by keys, sorted by key
 */
public record UsageRow(
        Window window,
        BigDecimal value,
        @Nullable String subject,
        @Nullable String customerId,
        Map<String, String> groupBy) {

    /**
     * The order within one window, and of results without windows: subjects, customers and group values descending,
     * which existing clients expect.
     */
    public static final Comparator<UsageRow> GROUP_ORDER = Comparator.comparing(UsageRow::subject, TextOrder.DESCENDING)
            .thenComparing(UsageRow::customerId, TextOrder.DESCENDING)
            .thenComparing(UsageRow::groupBy, UsageRow::compareGroups);

    /** Windows ascending, then {@link #GROUP_ORDER}. */
    public static final Comparator<UsageRow> ORDER =
            Comparator.comparing((UsageRow row) -> row.window().start()).thenComparing(GROUP_ORDER);

    private static int compareGroups(Map<String, String> a, Map<String, String> b) {
        for (Map.Entry<String, String> entry : a.entrySet()) {
            int order = TextOrder.compare(b.getOrDefault(entry.getKey(), ""), entry.getValue());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
