package dev.odometer.postgres.jdbc;

import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * A transaction whose settings are sent with its first statement and whose commit is sent with its last one: a round
 * trip takes as long as one of these statements (ADR 14).
 */
public final class ShortRead {

    private static final String SETTINGS =
            Database.SNAPSHOT + "; set local plan_cache_mode = force_generic_plan; set local jit = off; ";

    private final Database database;
    private final boolean isOutermost;

    /** @param isOutermost whether this is a transaction of its own, not part of the caller's */
    ShortRead(Database database, boolean isOutermost) {
        this.database = database;
        this.isOutermost = isOutermost;
    }

    /** The first statement of a short read, parsed once with and once without the settings of a transaction. */
    public record Opening(NamedSql withSettings, NamedSql withoutSettings) {

        /** @param sql with named parameters */
        public Opening(String sql) {
            this(new NamedSql(SETTINGS + sql), new NamedSql(sql));
        }
    }

    public void first(Opening opening, Map<String, ?> parameters, RowCallbackHandler reader) {
        database.query(isOutermost ? opening.withSettings() : opening.withoutSettings(), parameters, reader);
    }

    /**
     * The suffix of the last statement. The driver detects that the transaction has ended, and sends no commit of its
     * own.
     */
    public String ending() {
        return isOutermost ? "; commit" : "";
    }
}
