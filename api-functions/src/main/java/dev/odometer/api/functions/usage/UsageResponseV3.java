package dev.odometer.api.functions.usage;

import dev.odometer.functions.route.Tabular;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response of version 3: values are texts, and subject and customer are dimensions like the group-by keys. */
public record UsageResponseV3(
        @Nullable Instant from, @Nullable Instant to, UsageTable<Row> data) implements Tabular {

    /**
     * The usage of one window and group.
     *
     * @param value in plain digits, without trailing zeros
     * @param from an RFC 3339 time with the offset of the query's zone, {@code Z} for UTC; {@code to} too
     * @param dimensions values by dimension; empty when not grouped
     */
    public record Row(String value, String from, String to, Map<String, String> dimensions) {}

    @Override
    public String tableName() {
        return data.tableName();
    }

    @Override
    public List<String> columns() {
        return data.columns();
    }

    @Override
    public List<List<String>> cells() {
        return data.cells();
    }
}
