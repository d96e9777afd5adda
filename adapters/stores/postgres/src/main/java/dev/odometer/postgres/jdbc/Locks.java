package dev.odometer.postgres.jdbc;

/**
 * The advisory locks. All end with their transaction. The lock order prevents deadlocks: an append takes {@link
 * #METERS}, then the rows of its events, then {@link #RULE_SUBJECTS}, then the rows of entitlements, each kind in the
 * order of its keys; a change of a meter takes {@link #METERS} before {@link #FOLD}.
 */
public final class Locks {

    /**
     * Held shared by appends and new features, exclusively by changes of meters and rules (ADR 4, 11). Sharing it is
     * one operation in the server's memory and writes no row, so that appends do not block each other.
     */
    public static final long METERS = 0x0D0_0001;
    /**
     * Held by a fold: two concurrent folds would delete the same deltas, and wait for each other instead of sharing the
     * work.
     */
    public static final long FOLD = 0x0D0_0002;
    /** Held by a change of customers: two concurrent changes that swap names would deadlock. */
    public static final long CUSTOMERS = 0x0D0_0003;
    /** Held by a change of billing profiles, which can change two of them. */
    public static final long BILLING_PROFILES = 0x0D0_0005;
    /** Held by the search for usage periods that have started. */
    public static final long PERIODS = 0x0D0_0004;
    /** Held by a restore, until its tables are in place. */
    public static final long RESTORE = 0x0D0_0006;
    /**
     * With the number of a bucket of subjects as the second key. Held by appends of usage that a rule watches (ADR 13).
     */
    public static final int RULE_SUBJECTS = 0x0D1;
    /**
     * With the hash of a plan's key as the second key. Held by changes to the versions of the plan, before their rows.
     */
    public static final int PLAN_KEYS = 0x0D2;

    private Locks() {}

    /**
     * Locks out appends for a change of meters or rules, and increments their version. It waits for in-flight appends
     * and blocks new ones, which detect the change by the version.
     */
    public static void metersChange(Database database) {
        exclusive(database, METERS);
        database.sql().sql("update meter_version set version = version + 1").update();
    }

    public static void exclusive(Database database, long lock) {
        database.sql()
                .sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", lock)
                .query(row -> {});
    }

    public static void shared(Database database, long lock) {
        database.sql()
                .sql("select pg_advisory_xact_lock_shared(:lock)")
                .param("lock", lock)
                .query(row -> {});
    }

    public static boolean tryExclusive(Database database, long lock) {
        return database.sql()
                .sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", lock)
                .query(Boolean.class)
                .single();
    }
}
