package dev.odometer.metering.usage;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One number of an answer.
 *
 * @param window the window, in full even where the range cuts it; without a window size the minutes from the first to
 *     the last counted event
 * @param value exact and in plain digits
 * @param subject present when rows are apart by subject
 * @param customerId present when rows are apart by customer
 * @param groupBy the values of the keys asked for, sorted by key
 */
public record UsageRow(
        Window window,
        BigDecimal value,
        @Nullable String subject,
        @Nullable String customerId,
        Map<String, String> groupBy) {

    /**
     * The order within one window, and of answers without windows: subjects, customers and group values descending,
     * which clients have come to expect.
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
