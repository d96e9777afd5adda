package dev.odometer.postgres.usage;

import dev.odometer.metering.meter.Reading;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.event.EventRows;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.rollup.Entries;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Moment;
import dev.odometer.postgres.rollup.Rollups;
import dev.odometer.postgres.rollup.Series;
import dev.odometer.postgres.rollup.SeriesNumbers;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One transaction that counts a batch: the new events, what they add to the rollups, and the alerts that the rules raise.
 * Four round trips where there are no rules, however large the batch is.
 */
public final class EventWriter {

    private static final int LARGEST_BATCH = 1 << StoredEvent.PLACE_BITS;

    // The lock comes before the version is read, in two statements of one round trip: a statement's snapshot is taken
    // when it begins. In a single statement the version could be that from before the change of the meters that the
    // lock waited for, and the batch would be counted by meters that are no longer the current ones (ADR 4).
    private static final String BEGIN = "select pg_advisory_xact_lock_shared(" + Locks.METERS
            + "); select version, nextval('usage_position') from meter_version";

    private final Database database;
    private final CurrentMeters meters;
    private final SeriesNumbers numbers;
    private final Rollups rollups;
    private final Clock clock;

    public EventWriter(Database database, CurrentMeters meters, SeriesNumbers numbers, Rollups rollups, Clock clock) {
        this.database = database;
        this.meters = meters;
        this.numbers = numbers;
        this.rollups = rollups;
        this.clock = clock;
    }

    /** What a meter reads from the event at a place in the batch. */
    private record Contribution(int place, LiveMeter meter, Series series, Reading reading) {}

    /** A batch as one version of the meters reads it. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Prepared(EventRows rows, MeterSnapshot meters, List<Contribution> contributions, long[] series) {}

    /** What a transaction did: the numbers of the delta rows it wrote, and how many entries these have. */
    private record Written<T>(T result, List<Long> deltas, int entries, int raised) {}

    /** Appends the events; the places of the new ones. Of equal identities in the batch only the first can be new. */
    public BitSet write(List<UsageEvent> batch) {
        return write(batch, isNew -> isNew);
    }

    /** The same, in one transaction with what is done once it is known which of the events are new. */
    public <T> T write(List<UsageEvent> batch, Function<BitSet, T> alongside) {
        if (batch.size() > LARGEST_BATCH) {
            throw new IllegalArgumentException("a batch has at most " + LARGEST_BATCH + " events");
        }
        var rows = EventRows.of(batch);
        MeterSnapshot snapshot = meters.get();
        while (true) {
            Prepared prepared = prepare(rows, snapshot);
            Optional<Written<T>> written = database.write(() -> append(prepared, alongside));
            if (written.isPresent()) {
                snapshot.rules().committed(written.get().raised());
                rollups.wrote(written.get().deltas(), written.get().entries());
                return written.get().result();
            }
            snapshot = meters.refresh();
        }
    }

    /** Outside of the transaction: the numbers of series are committed before they are used, and the lock is held shorter. */
    private Prepared prepare(EventRows rows, MeterSnapshot meters) {
        List<Contribution> contributions = read(rows.batch(), meters);
        long[] series =
                numbers.of(contributions.stream().map(Contribution::series).toList());
        return new Prepared(rows, meters, contributions, series);
    }

    private static List<Contribution> read(List<UsageEvent> batch, MeterSnapshot meters) {
        var contributions = new ArrayList<Contribution>();
        for (int place = 0; place < batch.size(); place++) {
            UsageEvent event = batch.get(place);
            for (LiveMeter meter : meters.reading(event)) {
                if (meter.reader().meter().covers(event.happenedAt())) {
                    Reading reading = meter.reader().read(event.data());
                    if (!(reading instanceof Reading.Skipped)) {
                        var series = new Series(
                                meter.rollup(), event.subject(), meter.reader().groups(event.data()));
                        contributions.add(new Contribution(place, meter, series, reading));
                    }
                }
            }
        }
        return contributions;
    }

    /** The version of the meters, and the number of the transaction. */
    private record Begun(long version, long number) {}

    private Begun begin() {
        return database.onConnection(connection -> {
            try (Statement begin = connection.createStatement()) {
                begin.execute(BEGIN);
                begin.getMoreResults();
                try (ResultSet row = begin.getResultSet()) {
                    row.next();
                    return new Begun(row.getLong(1), row.getLong(2));
                }
            }
        });
    }

    /** Empty when the meters have changed since the batch was prepared. */
    private <T> Optional<Written<T>> append(Prepared prepared, Function<BitSet, T> alongside) {
        Begun begun = begin();
        if (begun.version() != prepared.meters().version()) {
            return Optional.empty();
        }
        long first = begun.number() << StoredEvent.PLACE_BITS;
        BitSet isNew = prepared.rows().insert(database, first, clock.instant());
        Entries entries = entries(prepared, isNew, first);
        List<Long> deltas = entries.write(database);
        // After the deltas: the rules read totals, and these have to contain what this transaction counts (ADR 13).
        UsageRules rules = prepared.meters().rules();
        int raised = rules.isEmpty() ? 0 : rules.evaluate(counted(prepared, isNew));
        return Optional.of(new Written<>(alongside.apply(isNew), deltas, entries.size(), raised));
    }

    private static Entries entries(Prepared prepared, BitSet isNew, long first) {
        var entries = new Entries();
        for (int i = 0; i < prepared.series().length; i++) {
            Contribution one = prepared.contributions().get(i);
            if (isNew.get(one.place())) {
                var at = new Moment(prepared.rows().happenedAt(one.place()), first + one.place());
                entries.add(one.meter().reader().meter(), prepared.series()[i], one.reading(), at);
            }
        }
        return entries;
    }

    private static List<Counted> counted(Prepared prepared, BitSet isNew) {
        var counted = new ArrayList<Counted>();
        for (Contribution one : prepared.contributions()) {
            if (isNew.get(one.place())) {
                UsageEvent event = prepared.rows().batch().get(one.place());
                counted.add(new Counted(one.meter(), event.subject(), event.happenedAt()));
            }
        }
        return counted;
    }
}
