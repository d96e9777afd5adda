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
import org.jspecify.annotations.Nullable;

/** The CSV form of version 1: times without fractions, values with six decimals. */
final class UsageColumns {

    private static final int DECIMALS = 6;
    /** An entry may have 64 KB of metadata, which is read with it. */
    private static final int ENTRIES_AT_ONCE = 500;

    private final MeterQuery query;
    private final List<Row> rows;
    private final Subjects subjects;
    private @Nullable Map<String, String> displayNames;

    private UsageColumns(MeterQuery query, List<Row> rows, Subjects subjects) {
        this.query = query;
        this.rows = rows;
        this.subjects = subjects;
    }

    static UsageTable<Row> table(MeterQuery query, List<Row> rows, Subjects subjects) {
        var columns = new UsageColumns(query, rows, subjects);
        return new UsageTable<>(rows, new UsageTable.Columns<>(query.meter().slug(), columns::names, columns::cells));
    }

    /** By subject. Read when they are needed: only CSV has display names. */
    private Map<String, String> displayNames() {
        if (displayNames == null) {
            displayNames = readDisplayNames();
        }
        return displayNames;
    }

    private Map<String, String> readDisplayNames() {
        List<String> keys = rows.stream()
                .map(Row::subject)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        var names = new HashMap<String, String>();
        for (int i = 0; i < keys.size(); i += ENTRIES_AT_ONCE) {
            for (Subject subject : subjects.find(keys.subList(i, Math.min(i + ENTRIES_AT_ONCE, keys.size())))) {
                names.put(subject.key(), subject.displayName() == null ? "" : subject.displayName());
            }
        }
        return names;
    }

    private List<String> names() {
        var names = new ArrayList<>(List.of("window_start", "window_end"));
        if (query.bySubject()) {
            names.add("subject");
        }
        if (!displayNames().isEmpty()) {
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
        if (!displayNames().isEmpty()) {
            cells.add(displayNames().getOrDefault(row.subject().orElse(""), ""));
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
