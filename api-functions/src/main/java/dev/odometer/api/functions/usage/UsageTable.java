package dev.odometer.api.functions.usage;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A list of rows that can also be rendered as a table of texts. Unmodifiable. */
public final class UsageTable<R> extends AbstractList<R> {

    private final List<R> rows;
    private final Columns<R> columns;

    UsageTable(List<R> rows, Columns<R> columns) {
        this.rows = List.copyOf(rows);
        this.columns = columns;
    }

    /** The table's name, its column names, and the cells of a row. */
    record Columns<R>(String tableName, Supplier<List<String>> names, Function<R, List<String>> cells) {}

    @Override
    public R get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    String tableName() {
        return columns.tableName;
    }

    List<String> columns() {
        return columns.names.get();
    }

    List<List<String>> cells() {
        return rows.stream().map(columns.cells).toList();
    }
}
