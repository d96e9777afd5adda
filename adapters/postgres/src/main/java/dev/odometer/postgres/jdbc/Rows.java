package dev.odometer.postgres.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows that are listed page by page, as SQL: what of them is read, from where, in which order, and what becomes of each. */
public record Rows<T>(String columns, String from, String order, Mapping<T> mapping) {

    /** What becomes of a row. */
    public interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** A page, and how many there are in all. */
    public record Part<T>(List<T> items, long totalCount) {}

    /** Both in one snapshot. */
    public Part<T> page(Database database, Conditions conditions, int page, int pageSize) {
        String rows = " from " + from + conditions.where();
        return database.read(() -> new Part<>(
                database.sql()
                        .sql("select " + columns + rows + " order by " + order + " limit :limit offset :offset")
                        .params(conditions.parameters())
                        .param("limit", pageSize)
                        .param("offset", (page - 1L) * pageSize)
                        .query((row, n) -> mapping.of(row))
                        .list(),
                database.sql()
                        .sql("select count(*)" + rows)
                        .params(conditions.parameters())
                        .query(Long.class)
                        .single()));
    }
}
