package dev.odometer.kafka.streams;

import dev.odometer.postgres.rollup.Accumulator;
import dev.odometer.postgres.rollup.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts each identity once: it aggregates what new events add, by series and minute, and sends the aggregates as deltas
 * at intervals. State, deltas and offsets are committed in one Kafka transaction.
 *
 * <p>Identities are kept in windows as long as the horizon. An event is a repeat if its identity is in the current or
 * the previous window, so an identity is known for one to two horizons.
 */
final class CountProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    static final String SEEN = "seen";
    static final String TOTALS = "totals";

    private static final byte[] KNOWN = {};
    /** Beyond it, the aggregates are sent before the interval has passed, which bounds the memory of the store. */
    private static final int MAX_TOTALS = 50_000;

    private final Duration interval;
    private final long horizonMillis;
    private final EngineMetrics metrics;
    private @Nullable WindowStore<byte[], byte[]> seen;
    private @Nullable KeyValueStore<Bytes, byte[]> totals;
    private int size;

    CountProcessor(Duration interval, Duration horizon, EngineMetrics metrics) {
        this.interval = interval;
        this.horizonMillis = horizon.toMillis();
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        seen = context.getStateStore(SEEN);
        totals = context.getStateStore(TOTALS);
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::emit);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (isRepeat(record)) {
            metrics.repeated();
            return;
        }
        CountedEvent event = CountedEvent.of(record.value());
        for (Contribution contribution : event.contributions()) {
            add(contribution, event.at());
        }
        metrics.counted();
        if (size >= MAX_TOTALS) {
            emit(context().currentSystemTimeMs());
        }
    }

    private boolean isRepeat(Record<byte[], byte[]> record) {
        WindowStore<byte[], byte[]> identities = Objects.requireNonNull(seen);
        // Never back: a task can move to a process whose clock is behind.
        long now = Math.max(context().currentSystemTimeMs(), context().currentStreamTimeMs());
        long window = Math.floorDiv(now, horizonMillis) * horizonMillis;
        if (identities.fetch(record.key(), window) != null
                || identities.fetch(record.key(), window - horizonMillis) != null) {
            return true;
        }
        identities.put(record.key(), KNOWN, window);
        return false;
    }

    private void add(Contribution contribution, Moment at) {
        Bytes key = new MinuteKey(contribution.series(), at.minute(), null).bytes();
        byte[] before = Objects.requireNonNull(totals).get(key);
        var total = new Accumulator(SeriesKey.of(contribution.series()).aggregation());
        if (before == null) {
            size++;
        } else {
            total.add(MinuteTotal.of(before));
        }
        total.add(contribution.reading(), at);
        totals.put(key, MinuteTotal.bytes(total.total()));
        if (contribution.text() != null) {
            Bytes text = new MinuteKey(contribution.series(), at.minute(), contribution.text()).bytes();
            if (totals.putIfAbsent(text, KNOWN) == null) {
                size++;
            }
        }
    }

    private void emit(long now) {
        List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries =
                Objects.requireNonNull(totals).all()) {
            entries.forEachRemaining(all::add);
        }
        for (KeyValue<Bytes, byte[]> entry : all) {
            MinuteKey key = MinuteKey.of(entry.key);
            context().forward(new Record<>(key.series(), DeltaRecord.bytes(key, entry.value), now));
            totals.delete(entry.key);
        }
        metrics.emitted(all.size());
        size = 0;
    }
}
