package dev.odometer.postgres.usage;

import dev.odometer.metering.meter.Reading;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.archive.Identities;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Counts a batch in one transaction: it stores the new events and what they add to the rollups, and raises the alerts
 * of the rules. Without rules it takes four round trips, regardless of the size of the batch: the lock with the
 * version, the events, the deltas, and the commit. With an archive, a fifth one looks for repeats of archived events.
 */
public final class EventWriter {

    private static final int MAX_BATCH = 1 << StoredEvent.PLACE_BITS;
    /** The series that are in memory at once: of a meter with many group-bys, each takes some kilobytes. */
    private static final int SERIES_AT_ONCE = 5000;

    /**
     * After a batch with an event that is stored already, so many batches are inserted with a check of each key: such
     * events come in groups, when a sender or a broker repeats what it has sent.
     */
    private static final int BATCHES_CHECKED = 1000;

    // The lock and the version are two statements of one round trip, since a statement's snapshot is taken when it
    // begins. In a single statement, the version could be the one before the change of the meters that the lock waited
    // for, and the batch would be counted by outdated meters (ADR 4).
    private static final String BEGIN = "select pg_advisory_xact_lock_shared(" + Locks.METERS
            + "); select version, nextval('usage_position') from meter_version";

    private final Database database;
    private final CurrentMeters meters;
    private final Function<List<UsageEvent>, EventRows> rows;
    private final SeriesNumbers numbers;
    private final Rollups rollups;
    private final Clock clock;
    /** The number of batches that are still to be inserted with a check of each key. */
    private final AtomicInteger batchesToCheck = new AtomicInteger();

    private final BatchLimits limits = BatchLimits.ofHeap(Runtime.getRuntime().maxMemory());

    public EventWriter(Database database, CurrentMeters meters, SeriesNumbers numbers, Rollups rollups, Clock clock) {
        this.database = database;
        this.meters = meters;
        this.rows = EventRows.in(database);
        this.numbers = numbers;
        this.rollups = rollups;
        this.clock = clock;
    }

    /** A meter's reading of the event at an index of the batch. */
    private record Contribution(int place, LiveMeter meter, Reading reading) {}

    /** A batch with its readings by one version of the meters. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Prepared(EventRows rows, MeterSnapshot meters, List<Contribution> contributions, long[] series) {}

    /** The result of a transaction, the ids of its delta rows and the number of their entries. */
    private record Written<T>(T result, List<Long> deltas, int entries, int raised) {}

    /**
     * Appends the events and returns the indexes of the new ones. Of several events with the same key in the batch,
     * only the first can be new.
     */
    public BitSet write(List<UsageEvent> batch) {
        return append(batch, isNew -> isNew);
    }

    /**
     * Appends the events, and calls a function in the same transaction with the indexes of the new ones. Then runs a
     * fold if one is due; the appends of a queue leave it to the queue's caller.
     */
    public <T> T write(List<UsageEvent> batch, Function<BitSet, T> alongside) {
        T result = append(batch, alongside);
        rollups.foldIfDue();
        return result;
    }

    private <T> T append(List<UsageEvent> batch, Function<BitSet, T> alongside) {
        if (batch.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch must have at most " + MAX_BATCH + " events");
        }
        EventRows ofBatch = rows.apply(batch);
        MeterSnapshot snapshot = meters.get();
        boolean expectsRepeats = ofBatch.hasRepeats() || batchesToCheck.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        while (true) {
            Prepared prepared = prepare(ofBatch, snapshot);
            Optional<Written<T>> written;
            try {
                boolean checks = expectsRepeats;
                written = database.write(() -> append(prepared, alongside, checks));
            } catch (EventRows.KeyTaken repeated) {
                batchesToCheck.set(BATCHES_CHECKED);
                expectsRepeats = true;
                continue;
            }
            if (written.isPresent()) {
                snapshot.rules().committed(written.get().raised());
                rollups.written(written.get().deltas(), written.get().entries());
                return written.get().result();
            }
            snapshot = meters.refresh();
        }
    }

    /**
     * Runs outside of the transaction: the numbers of series must be committed before they are used, and the lock is
     * held for a shorter time.
     */
    private Prepared prepare(EventRows rows, MeterSnapshot meters) {
        var contributions = new ArrayList<Contribution>();
        var numbered = LongStream.builder();
        var unnumbered = new ArrayList<Series>();
        for (int place = 0; place < rows.batch().size(); place++) {
            UsageEvent event = rows.batch().get(place);
            for (LiveMeter meter : meters.reading(event)) {
                if (meter.reader().meter().covers(event.happenedAt())) {
                    List<String> groups = meter.reader().groups(event.data());
                    Reading reading = meter.reader().read(event.data(), groups);
                    if (!(reading instanceof Reading.Skipped)) {
                        contributions.add(new Contribution(place, meter, reading));
                        unnumbered.add(new Series(meter.rollup(), event.subject(), groups));
                    }
                }
            }
            limits.checkReadings(contributions.size());
            if (unnumbered.size() >= SERIES_AT_ONCE) {
                number(unnumbered, numbered);
            }
        }
        number(unnumbered, numbered);
        return new Prepared(rows, meters, contributions, numbered.build().toArray());
    }

    private void number(List<Series> unnumbered, LongStream.Builder numbered) {
        LongStream.of(numbers.of(unnumbered)).forEach(numbered);
        unnumbered.clear();
    }

    /** The version of the meters, and the number of the transaction. */
    private record Start(long version, long number) {}

    private Start begin() {
        return database.onConnection(connection -> {
            try (Statement begin = connection.createStatement()) {
                begin.execute(BEGIN);
                begin.getMoreResults();
                try (ResultSet row = begin.getResultSet()) {
                    row.next();
                    return new Start(row.getLong(1), row.getLong(2));
                }
            }
        });
    }

    /** Appends the batch; empty if the meters have changed since it was prepared. */
    private <T> Optional<Written<T>> append(Prepared prepared, Function<BitSet, T> alongside, boolean expectsRepeats) {
        Start start = begin();
        if (start.version() != prepared.meters().version()) {
            return Optional.empty();
        }
        long first = start.number() << StoredEvent.PLACE_BITS;
        BitSet isNew = expectsRepeats
                ? prepared.rows().insertChecked(database, first, clock.instant())
                : prepared.rows().insertUnchecked(database, first, clock.instant());
        if (prepared.meters().hasArchive()) {
            Identities.removeRepeats(database, prepared.rows(), isNew, first);
        }
        Entries entries = entries(prepared, isNew, first);
        List<Long> deltas = entries.write(database);
        // After the deltas are written: the rules read totals, which must include the usage of this transaction (ADR
        // 13).
        UsageRules rules = prepared.meters().rules();
        int raised = rules.isEmpty() ? 0 : rules.evaluate(counted(prepared, isNew));
        return Optional.of(new Written<>(alongside.apply(isNew), deltas, entries.size(), raised));
    }

    private Entries entries(Prepared prepared, BitSet isNew, long first) {
        var entries = new Entries();
        for (int i = 0; i < prepared.series().length; i++) {
            Contribution one = prepared.contributions().get(i);
            if (isNew.get(one.place())) {
                var at = new Moment(prepared.rows().happenedAt(one.place()), first + one.place());
                entries.add(one.meter().reader().meter(), prepared.series()[i], one.reading(), at);
                limits.checkEntries(entries.size());
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
