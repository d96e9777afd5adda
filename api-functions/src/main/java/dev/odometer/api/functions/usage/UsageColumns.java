package dev.odometer.api.functions.usage;

import dev.odometer.api.functions.usage.UsageResponse.Row;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.customer.Subjects;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The CSV form of version 1: times without fractions, values with six decimals. */
final class UsageColumns {

    private static final int DECIMALS = 6;

    private final MeterQuery query;
    private final Map<String, String> displayNames;

    private UsageColumns(MeterQuery query, Map<String, String> displayNames) {
        this.query = query;
        this.displayNames = displayNames;
    }

    static UsageTable<Row> table(MeterQuery query, List<Row> rows, Subjects subjects) {
        List<String> keys = rows.stream()
                .map(Row::subject)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        var names = new HashMap<String, String>();
        for (Subject subject : keys.isEmpty() ? List.<Subject>of() : subjects.find(keys)) {
            names.put(subject.key(), subject.displayName() == null ? "" : subject.displayName());
        }
        var columns = new UsageColumns(query, names);
        return new UsageTable<>(rows, new UsageTable.Columns<>(query.meter().slug(), columns.names(), columns::cells));
    }

    private List<String> names() {
        var names = new ArrayList<>(List.of("window_start", "window_end"));
        if (query.bySubject()) {
            names.add("subject");
        }
        if (!displayNames.isEmpty()) {
            names.add("subject_display_name");
        }
        if (query.byCustomer()) {
            names.add("customer_id");
        }
        names.addAll(query.keys());
        names.add("value");
        return names;
    }

    private List<String> cells(Row row) {
        var cells = new ArrayList<>(List.of(seconds(row.windowStart()), seconds(row.windowEnd())));
        row.subject().ifPresent(cells::add);
        if (!displayNames.isEmpty()) {
            cells.add(displayNames.getOrDefault(row.subject().orElse(""), ""));
        }
        if (row.customerId() != null) {
            cells.add(row.customerId());
        }
        query.keys().forEach(key -> cells.add(row.groupBy().getOrDefault(key, "")));
        cells.add(sixDecimals(row.value()));
        return cells;
    }

    /** The time without its fraction. */
    static String seconds(String time) {
        return time.replaceFirst("\\.\\d+", "");
    }

    /** Rounds half to even, as the original of the wire API prints a half that a float represents exactly. */
    static String sixDecimals(BigDecimal value) {
        return value.setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    }
}
