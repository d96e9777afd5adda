package dev.odometer.postgres.usage;

import static java.util.stream.Collectors.toMap;

import dev.odometer.postgres.delta.DeltaPartition;
import dev.odometer.postgres.delta.DeltaSources;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.rollup.Accumulator;
import dev.odometer.postgres.rollup.Entries;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Rollups;
import dev.odometer.postgres.rollup.Series;
import dev.odometer.postgres.rollup.SeriesNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Applies deltas that an engine has aggregated, each once: the offsets of their partitions are recorded in the same
 * transaction and compared in it (ADR 25). Then runs a fold if one is due.
 */
public final class DeltaWriter {

    private final Database database;
    private final CurrentMeters meters;
    private final SeriesNumbers numbers;
    private final Rollups rollups;

    public DeltaWriter(Database database, CurrentMeters meters, SeriesNumbers numbers, Rollups rollups) {
        this.database = database;
        this.meters = meters;
        this.numbers = numbers;
        this.rollups = rollups;
    }

    /** The meters, for the engine that reads events by them. */
    public CurrentMeters meters() {
        return meters;
    }

    /** Whether the database has events, which an engine would not recognize as repeats. */
    public boolean hasEvents() {
        return database.read(() -> database.sql()
                .sql("select exists (select from usage_event)")
                .query(Boolean.class)
                .single());
    }

    /** The offset of the first record of a partition that is not applied yet; absent if none was ever applied. */
    public OptionalLong position(DeltaPartition partition) {
        return DeltaSources.position(database, partition);
    }

    /** A delta of a live meter, with the number of its series. */
    private record Numbered(Delta delta, LiveMeter meter, long series) {}

    private record Written(int applied, List<Long> ids, int entries, int raised) {}

    /**
     * Applies the deltas whose offsets are not applied yet. Those of deleted meters are dropped.
     *
     * @param deltas in the order of the offsets of each partition, without gaps in between
     * @param next the offset after the last of them, for each partition
     * @return the number of deltas that were not applied before
     */
    public int apply(List<Delta> deltas, SortedMap<DeltaPartition, Long> next) {
        MeterSnapshot snapshot = meters.get();
        while (true) {
            MeterSnapshot current = snapshot;
            // Outside of the transaction, since numbers are committed before they are used.
            List<Numbered> numbered = numbered(deltas, current);
            Optional<Written> written = database.write(() -> write(numbered, current, deltas, next));
            if (written.isPresent()) {
                current.rules().committed(written.get().raised());
                rollups.written(written.get().ids(), written.get().entries());
                rollups.foldIfDue();
                return written.get().applied();
            }
            snapshot = meters.refresh();
        }
    }

    private List<Numbered> numbered(List<Delta> deltas, MeterSnapshot snapshot) {
        Map<Long, LiveMeter> byRollup = snapshot.byType().values().stream()
                .flatMap(List::stream)
                .collect(toMap(LiveMeter::rollup, meter -> meter));
        List<Delta> live = deltas.stream()
                .filter(delta -> byRollup.containsKey(delta.rollup()))
                .toList();
        long[] series = numbers.of(live.stream()
                .map(delta -> new Series(delta.rollup(), delta.subject(), delta.groups()))
                .toList());
        var numbered = new ArrayList<Numbered>(series.length);
        for (int i = 0; i < series.length; i++) {
            Delta delta = live.get(i);
            LiveMeter meter = byRollup.get(delta.rollup());
            if (meter != null) {
                numbered.add(new Numbered(delta, meter, series[i]));
            }
        }
        return numbered;
    }

    /** Writes what is new; empty if the meters have changed since the series were numbered. */
    private Optional<Written> write(
            List<Numbered> numbered, MeterSnapshot snapshot, List<Delta> deltas, SortedMap<DeltaPartition, Long> next) {
        if (meters.lockedVersion() != snapshot.version()) {
            return Optional.empty();
        }
        Map<DeltaPartition, Long> positions = DeltaSources.lock(database, new TreeSet<>(next.keySet()));
        var entries = new Entries();
        var counted = new ArrayList<Counted>();
        UsageRules rules = snapshot.rules();
        for (Numbered one : numbered) {
            if (isNew(one.delta(), positions)) {
                add(one, entries);
                if (!rules.isEmpty()) {
                    counted.addAll(counted(one));
                }
            }
        }
        List<Long> ids = entries.write(database);
        List<Delta> applied =
                deltas.stream().filter(delta -> isNew(delta, positions)).toList();
        advance(applied, positions, next);
        // After the deltas are written: the rules read totals, which must include them (ADR 13).
        int raised = counted.isEmpty() ? 0 : rules.evaluate(counted);
        return Optional.of(new Written(applied.size(), ids, entries.size(), raised));
    }

    private static boolean isNew(Delta delta, Map<DeltaPartition, Long> positions) {
        return delta.offset() >= positions.getOrDefault(delta.partition(), Long.MAX_VALUE);
    }

    private static void add(Numbered one, Entries entries) {
        Delta delta = one.delta();
        Accumulator.Total total = delta.total();
        if (total != null) {
            entries.add(one.meter().reader().meter(), one.series(), delta.minute(), total);
        } else if (delta.text() != null) {
            entries.add(one.series(), delta.minute(), delta.text());
        }
    }

    /** One time is enough, since the windows of rules begin and end at whole minutes. */
    private static List<Counted> counted(Numbered one) {
        Delta delta = one.delta();
        return delta.total() == null
                ? List.of()
                : List.of(new Counted(
                        one.meter(),
                        delta.subject(),
                        Micros.toInstant(delta.total().firstAt())));
    }

    private void advance(
            List<Delta> applied, Map<DeltaPartition, Long> positions, SortedMap<DeltaPartition, Long> next) {
        var advanced = new TreeMap<DeltaPartition, Long>();
        next.forEach((partition, offset) -> {
            if (offset > positions.getOrDefault(partition, Long.MAX_VALUE)) {
                advanced.put(partition, offset);
            }
        });
        // Whole minutes: a text has no time of its own.
        LongSummaryStatistics minutes =
                applied.stream().mapToLong(Delta::minute).summaryStatistics();
        if (minutes.getCount() > 0) {
            DeltaSources.advance(
                    database,
                    advanced,
                    minutes.getMin() * Micros.SECOND,
                    minutes.getMax() * Micros.SECOND + Micros.MINUTE - 1);
        }
    }
}
