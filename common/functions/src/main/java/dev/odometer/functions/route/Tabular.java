package dev.odometer.functions.route;

import java.util.List;

/** A result that can also be rendered as a table, for a client that accepts {@code text/csv}. */
public interface Tabular {

    /** The file name, without extension. */
    String tableName();

    List<String> columns();

    /** The rows in order, each with one cell per column. */
    List<List<String>> cells();
}
