package dev.odometer.postgres;

import dev.odometer.meter.Reading;
import dev.odometer.usage.UsageEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.postgresql.PGConnection;

/**
 * One transaction that counts a batch: the new events, what they add to the rollups, and the alerts that rules raise. Four
 * round trips where there are no rules, however large the batch is.
 */
final class EventWriter {

    /** A position is a transaction's number shifted by this, plus the place in the batch. */
    static final int PLACE_BITS = 20;

    private static final int LARGEST_BATCH = 1 << PLACE_BITS;

    // Two statements in one round trip; the second's snapshot is taken when the lock is held.
    private static final String BEGIN = "select pg_advisory_xact_lock_shared(" + Locks.METERS
            + "); select version, nextval('usage_position') from meter_version";

    private static final String INSERT = """
            insert into usage_event (key, position, source, id, type, subject, happened_at, recorded_at,
                datacontenttype, dataschema, data)
            select e.key, e.position, e.source, e.id, e.type, e.subject, e.happened_at, ?,
                e.datacontenttype, e.dataschema, e.data
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as e
                (key, position, source, id, type, subject, happened_at, datacontenttype, dataschema, data)
            on conflict (key) do nothing
            returning position
            """;

    private final Database database;
    private final CurrentMeters meters;
    private final SeriesNumbers numbers;
    private final PostgresAlerts alerts;
    private final Clock clock;

    EventWriter(Database database, CurrentMeters meters, SeriesNumbers numbers, PostgresAlerts alerts, Clock clock) {
        this.database = database;
        this.meters = meters;
        this.numbers = numbers;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** What a meter reads from the event at a place in the batch. */
    private record Contribution(int place, LiveMeter meter, Series series, Reading reading) {}

    /**
     * What a transaction did.
     *
     * @param isNew the places whose events were new
     * @param deltas the numbers of the delta rows it wrote
     * @param entries how many entries these have
     * @param raised how many notifications it raised
     */
    record Written(BitSet isNew, List<Long> deltas, int entries, int raised) {}

    /** What a transaction did beside what else was done in it. */
    record Along<T>(Written written, T result) {}

    /** Appends the events; of equal identities in the batch only the first can be new. */
    Written write(List<UsageEvent> batch) {
        return write(batch, isNew -> batch).written();
    }

    /** The same, in one transaction with what is done once it is known which of the events are new. */
    <T> Along<T> write(List<UsageEvent> batch, Function<BitSet, T> alongside) {
        if (batch.size() > LARGEST_BATCH) {
            throw new IllegalArgumentException("a batch has at most " + LARGEST_BATCH + " events");
        }
        var rows = EventRows.of(batch);
        CurrentMeters.Snapshot snapshot = meters.get();
        while (true) {
            CurrentMeters.Snapshot applied = snapshot;
            List<Contribution> contributions = read(batch, applied);
            long[] series =
                    numbers.of(contributions.stream().map(Contribution::series).toList());
            Optional<Along<T>> written = database.write(() -> database.onConnection((connection, arrays) ->
                            append(connection, arrays, rows, new Applied(applied, contributions, series)))
                    .map(done -> new Along<>(done, alongside.apply(done.isNew()))));
            if (written.isPresent()) {
                alerts.committed(written.get().written().raised());
                return written.get();
            }
            snapshot = meters.refresh();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Applied(CurrentMeters.Snapshot meters, List<Contribution> contributions, long[] series) {}

    private static List<Contribution> read(List<UsageEvent> batch, CurrentMeters.Snapshot meters) {
        var contributions = new ArrayList<Contribution>();
        for (int place = 0; place < batch.size(); place++) {
            UsageEvent event = batch.get(place);
            for (LiveMeter meter : meters.reading(event)) {
                if (meter.gauge().meter().covers(event.happenedAt())) {
                    Reading reading = meter.gauge().read(event.data());
                    if (!(reading instanceof Reading.Skipped)) {
                        var series = new Series(
                                meter.rollup(), event.subject(), meter.gauge().groups(event.data()));
                        contributions.add(new Contribution(place, meter, series, reading));
                    }
                }
            }
        }
        return contributions;
    }

    /** Nothing when the meters have changed meanwhile. */
    private Optional<Written> append(Connection connection, PGConnection arrays, EventRows rows, Applied applied)
            throws SQLException {
        long first;
        try (Statement begin = connection.createStatement()) {
            begin.execute(BEGIN);
            begin.getMoreResults();
            try (ResultSet row = begin.getResultSet()) {
                row.next();
                if (row.getLong(1) != applied.meters().version()) {
                    return Optional.empty();
                }
                first = row.getLong(2) << PLACE_BITS;
            }
        }
        BitSet isNew = insert(connection, arrays, rows, first);
        var entries = new Entries();
        var counted = new ArrayList<PostgresAlerts.Counted>();
        boolean watched = applied.meters().rules().isAboutUsage();
        for (int i = 0; i < applied.series().length; i++) {
            Contribution contribution = applied.contributions().get(i);
            if (isNew.get(contribution.place())) {
                entries.add(
                        contribution.meter().gauge().meter(),
                        applied.series()[i],
                        contribution.reading(),
                        new Entries.Moment(rows.happenedAt(contribution.place()), first + contribution.place()));
                if (watched) {
                    counted.add(rows.counted(contribution));
                }
            }
        }
        List<Long> deltas = entries.write(connection, arrays);
        int raised = alerts.raise(applied.meters().rules(), counted);
        return Optional.of(new Written(isNew, deltas, entries.size(), raised));
    }

    private BitSet insert(Connection connection, PGConnection arrays, EventRows rows, long first) throws SQLException {
        var isNew = new BitSet();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, Micros.of(clock.instant()));
            rows.bind(insert, arrays, first);
            try (ResultSet inserted = insert.executeQuery()) {
                while (inserted.next()) {
                    isNew.set((int) (inserted.getLong(1) - first));
                }
            }
        }
        return isNew;
    }

    /** A batch as columns, sorted by key: writers that share events wait for each other instead of dying. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record EventRows(List<UsageEvent> batch, byte[][] keys, int[] places) {

        static EventRows of(List<UsageEvent> batch) {
            var digest = new Digest();
            byte[][] keys = new byte[batch.size()][];
            var places = new Integer[batch.size()];
            for (int place = 0; place < keys.length; place++) {
                keys[place] =
                        digest.of(batch.get(place).source(), batch.get(place).id());
                places[place] = place;
            }
            // Stable, so that of equal keys the first stays first and wins.
            Arrays.sort(places, (a, b) -> Arrays.compareUnsigned(keys[a], keys[b]));
            return new EventRows(
                    batch,
                    keys,
                    Arrays.stream(places).mapToInt(Integer::intValue).toArray());
        }

        PostgresAlerts.Counted counted(Contribution contribution) {
            UsageEvent event = batch.get(contribution.place());
            return new PostgresAlerts.Counted(contribution.meter(), event.subject(), event.happenedAt());
        }

        long happenedAt(int place) {
            return Micros.of(batch.get(place).happenedAt());
        }

        void bind(PreparedStatement insert, PGConnection arrays, long first) throws SQLException {
            byte[][] sorted = new byte[places.length][];
            long[][] numbers = new long[2][places.length];
            String[][] texts = new String[7][places.length];
            for (int i = 0; i < places.length; i++) {
                UsageEvent event = batch.get(places[i]);
                sorted[i] = keys[places[i]];
                numbers[0][i] = first + places[i];
                numbers[1][i] = happenedAt(places[i]);
                texts[0][i] = event.source();
                texts[1][i] = event.id();
                texts[2][i] = event.type();
                texts[3][i] = event.subject();
                texts[4][i] = event.datacontenttype();
                texts[5][i] = event.dataschema();
                texts[6][i] = event.data() == null ? null : DataJson.write(event.data());
            }
            insert.setArray(2, arrays.createArrayOf("bytea", sorted));
            insert.setArray(3, arrays.createArrayOf("int8", numbers[0]));
            insert.setArray(4, arrays.createArrayOf("text", texts[0]));
            insert.setArray(5, arrays.createArrayOf("text", texts[1]));
            insert.setArray(6, arrays.createArrayOf("text", texts[2]));
            insert.setArray(7, arrays.createArrayOf("text", texts[3]));
            insert.setArray(8, arrays.createArrayOf("int8", numbers[1]));
            insert.setArray(9, arrays.createArrayOf("text", texts[4]));
            insert.setArray(10, arrays.createArrayOf("text", texts[5]));
            insert.setArray(11, arrays.createArrayOf("text", texts[6]));
        }
    }
}
