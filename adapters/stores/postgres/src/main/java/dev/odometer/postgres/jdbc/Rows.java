package dev.odometer.postgres.jdbc;

import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A paginated listing as SQL: its columns, tables, order and the mapping of a row. */
public record Rows<T>(String columns, String from, String order, Mapping<T> mapping) {

    /** Maps a row to a result. */
    public interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Reads a page. The items and the total count are from one snapshot. */
    public Page<T> page(Database database, Conditions conditions, PageRequest page) {
        String rows = " from " + from + conditions.where();
        return database.read(() -> page.of(
                database.sql()
                        .sql("select " + columns + rows + " order by " + order + " limit :limit offset :offset")
                        .params(conditions.parameters())
                        .param("limit", page.pageSize())
                        .param("offset", page.offset())
                        .query((row, n) -> mapping.of(row))
                        .list(),
                database.sql()
                        .sql("select count(*)" + rows)
                        .params(conditions.parameters())
                        .query(Long.class)
                        .single()));
    }
}
