package dev.odometer.postgres.jdbc;

/** The advisory locks; all end with their transaction. */
public final class Locks {

    /**
     * Shared by appends and new features, exclusive for a change of the meters or of the rules; shared is one step in
     * memory, no row is written.
     */
    public static final long METERS = 0x0D0_0001;
    /** Held by whoever moves deltas into the rollups. */
    public static final long FOLD = 0x0D0_0002;
    /** Held by whoever gives customers keys. */
    public static final long CUSTOMERS = 0x0D0_0003;
    /** Held by whoever looks for periods that have begun. */
    public static final long PERIODS = 0x0D0_0004;
    /** With a second number: held by whoever counts what rules look at. */
    public static final int WATCHED = 0x0D1;

    private Locks() {}

    /** Waits for the appends under way, keeps new ones waiting, and makes them see that meters or rules changed. */
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
