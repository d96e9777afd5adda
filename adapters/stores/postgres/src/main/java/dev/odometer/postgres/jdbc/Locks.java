package dev.odometer.postgres.jdbc;

/**
 * The advisory locks; all end with their transaction. An append takes {@link #METERS}, then the rows of its events, then
 * {@link #WATCHED}, then rows of entitlements, each kind in the order of its keys; a change of a meter takes
 * {@link #METERS} before {@link #FOLD}. So transactions do not wait for each other in a circle.
 */
public final class Locks {

    /**
     * Shared by appends and new features, exclusive for a change of the meters or of the rules (ADR 4, 11). To share it
     * is one step in the server's memory and writes no row, so appends do not slow each other down.
     */
    public static final long METERS = 0x0D0_0001;
    /** Held by a fold: two at once would take the same deltas, and wait for each other instead of sharing the work. */
    public static final long FOLD = 0x0D0_0002;
    /** Held by a change of customers: two that swap names would wait for each other. */
    public static final long CUSTOMERS = 0x0D0_0003;
    /** Held by the search for periods that have begun. */
    public static final long PERIODS = 0x0D0_0004;
    /** With a second number, that of a bucket of subjects: held by appends of usage that a rule is about (ADR 13). */
    public static final int WATCHED = 0x0D1;

    private Locks() {}

    /** Waits for the appends in flight, keeps new ones waiting, and makes them see that meters or rules changed. */
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
