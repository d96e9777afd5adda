package dev.odometer.postgres.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * A statement with named parameters that is parsed once. Arrays of primitives are bound in binary format, arrays of
 * objects as text.
 */
public final class NamedSql {

    /**
     * A parameter such as {@code :name}. It matches neither a cast ({@code ::}) nor the bound of a slice, since their
     * colon follows a colon or a word character.
     */
    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-zA-Z]\\w*)");

    private static final Map<Class<?>, String> ARRAYS = Map.of(
            int[].class, "int4",
            long[].class, "int8",
            Long[].class, "int8",
            boolean[].class, "bool",
            String[].class, "text",
            BigDecimal[].class, "numeric",
            byte[][].class, "bytea");

    private final String text;
    private final List<String> names = new ArrayList<>();

    public NamedSql(String sql) {
        Matcher parameters = PARAMETER.matcher(sql);
        text = parameters.replaceAll(found -> {
            names.add(found.group(1));
            return "?";
        });
    }

    /**
     * Always the same String instance. The driver looks up its prepared statement by this text, and the hash of a
     * String instance is cached.
     */
    String text() {
        return text;
    }

    /** Binds the parameters of the statement; further values are ignored. */
    void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
        var arrays = statement.getConnection().unwrap(PGConnection.class);
        for (int i = 0; i < names.size(); i++) {
            Object value = values.get(names.get(i));
            if (value == null) {
                throw new IllegalArgumentException("missing value of the parameter: " + names.get(i));
            }
            String type = ARRAYS.get(value.getClass());
            if (type == null) {
                statement.setObject(i + 1, value);
            } else {
                statement.setArray(i + 1, arrays.createArrayOf(type, value));
            }
        }
    }
}
