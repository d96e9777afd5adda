package dev.odometer.postgres.jdbc;

import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * A transaction whose begin and end travel with its first and its last statement: a round trip takes as long as one of
 * these statements does (ADR 14).
 */
public final class ShortRead {

    private static final String SETTINGS =
            Database.SNAPSHOT + "; set local plan_cache_mode = force_generic_plan; set local jit = off; ";

    private final Database database;
    private final boolean isWhole;

    /** @param isWhole whether it is a transaction of its own, and not a part of the caller's */
    ShortRead(Database database, boolean isWhole) {
        this.database = database;
        this.isWhole = isWhole;
    }

    /** The first statement of a short read, parsed once with and without the settings of its transaction. */
    public record Opening(NamedSql whole, NamedSql part) {

        /** @param sql with named parameters */
        public Opening(String sql) {
            this(new NamedSql(SETTINGS + sql), new NamedSql(sql));
        }
    }

    public void first(Opening opening, Map<String, ?> parameters, RowCallbackHandler reader) {
        database.query(isWhole ? opening.whole() : opening.part(), parameters, reader);
    }

    /** What the last statement ends with. The driver sees that the transaction is over, and does not end it again. */
    public String ending() {
        return isWhole ? "; commit" : "";
    }
}
