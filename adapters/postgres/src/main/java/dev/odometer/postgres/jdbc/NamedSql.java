package dev.odometer.postgres.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/** A statement with named parameters, parsed once. */
final class NamedSql {

    /** The array types by what their elements are in Java. */
    private static final Map<Class<?>, String> ARRAYS = Map.of(
            int[].class, "int4",
            long[].class, "int8",
            Long[].class, "int8",
            boolean[].class, "bool",
            String[].class, "text",
            BigDecimal[].class, "numeric",
            byte[][].class, "bytea");

    private final ParsedSql parsed;
    private final String text;

    NamedSql(String sql) {
        parsed = NamedParameterUtils.parseSqlStatement(sql);
        text = NamedParameterUtils.substituteNamedParameters(parsed, null);
    }

    /** The same object each time, which is how the driver finds its prepared statement soonest. */
    String text() {
        return text;
    }

    /** An array of primitives goes to the database in binary form, an array of objects as text. */
    void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
        var arrays = statement.getConnection().unwrap(PGConnection.class);
        Object[] ordered = NamedParameterUtils.buildValueArray(parsed, new MapSqlParameterSource(values), null);
        for (int i = 0; i < ordered.length; i++) {
            String type = ARRAYS.get(ordered[i].getClass());
            if (type == null) {
                statement.setObject(i + 1, ordered[i]);
            } else {
                statement.setArray(i + 1, arrays.createArrayOf(type, ordered[i]));
            }
        }
    }
}
