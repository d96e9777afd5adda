package dev.odometer.functions.route;

import java.util.List;

/** An answer that can also be read as a table, for a caller who asks for {@code text/csv}. */
public interface Tabular {

    /** The name for the file, without its ending. */
    String tableName();

    List<String> columns();

    /** Rows in order, each with as many cells as there are columns. */
    List<List<String>> cells();
}
