package dev.odometer.postgres.usage;

import static java.util.stream.Collectors.groupingBy;

import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.StoredMeter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the live meters and rules. An append compares the version of the cached snapshot while it holds the lock that
 * excludes changes of the meters, and refreshes the snapshot if it is outdated: so reading the meters costs no
 * additional round trip (ADR 4).
 */
public final class CurrentMeters {

    private final Database database;
    private final Supplier<UsageRules> rules;
    private final AtomicReference<@Nullable MeterSnapshot> last = new AtomicReference<>();

    /** @param rules reads the live rules; called in the transaction that reads the meters */
    public CurrentMeters(Database database, Supplier<UsageRules> rules) {
        this.database = database;
        this.rules = rules;
    }

    /** The live meters that count events of a type. */
    public interface ByType {
        List<LiveMeter> of(String type);
    }

    /** The live meters as of now. Reads them only if their version has changed. */
    public ByType current() {
        MeterSnapshot snapshot = get();
        MeterSnapshot current = version() == snapshot.version() ? snapshot : refresh();
        return type -> current.byType().getOrDefault(type, List.of());
    }

    /** The version, while the caller's transaction excludes changes of the meters. */
    long lockedVersion() {
        // Two statements, since the snapshot of one would be older than its lock (ADR 4).
        Locks.shared(database, Locks.METERS);
        return version();
    }

    MeterSnapshot get() {
        MeterSnapshot snapshot = last.get();
        return snapshot == null ? refresh() : snapshot;
    }

    MeterSnapshot refresh() {
        MeterSnapshot snapshot = database.read(() -> database.sql()
                .sql("select version, has_archive from meter_version")
                .query((row, n) -> new MeterSnapshot(
                        row.getLong("version"),
                        row.getBoolean("has_archive"),
                        StoredMeter.live(database).stream()
                                .collect(groupingBy(
                                        meter -> meter.reader().meter().eventType())),
                        rules.get()))
                .single());
        last.set(snapshot);
        return snapshot;
    }

    private long version() {
        return database.sql()
                .sql("select version from meter_version")
                .query(Long.class)
                .single();
    }
}
