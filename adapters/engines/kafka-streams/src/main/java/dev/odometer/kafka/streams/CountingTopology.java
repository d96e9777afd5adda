package dev.odometer.kafka.streams;

import dev.odometer.door.batch.EventItems;
import java.time.Clock;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The processing: events are read, partitioned by their identity, counted once and aggregated. Records are sent to the
 * partition of their identity, because duplicates of an event may be in different partitions of the topic.
 */
record CountingTopology(
        StreamsSettings settings, EventItems items, MeterFeed feed, Clock clock, EngineMetrics metrics) {

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    Topology build() {
        var builder = new StreamsBuilder();
        KStream<byte[], EventProcessor.Output> events = builder.stream(
                        settings.topic(),
                        // The times of records may be those of the events, years apart.
                        Consumed.with(BYTES, BYTES).withTimestampExtractor(new WallclockTimestampExtractor()))
                .process(() -> new EventProcessor(items, feed, clock, metrics), Named.as("read-events"));
        events.filter((key, output) -> output.isPoison())
                .mapValues(EventProcessor.Output::bytes)
                .to(settings.deadLetterTopic(), Produced.with(BYTES, BYTES));
        events.filterNot((key, output) -> output.isPoison())
                .mapValues(EventProcessor.Output::bytes)
                .repartition(Repartitioned.with(BYTES, BYTES).withName("identities"))
                .process(counting(), Named.as("count"))
                .to(settings.deltaTopic(), Produced.with(BYTES, BYTES));
        return builder.build();
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> counting() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new CountProcessor(settings.interval(), settings.horizon(), metrics);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(identities(), totals());
            }
        };
    }

    /** On disk, since it holds the identities of up to three horizons. */
    private StoreBuilder<?> identities() {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(
                        CountProcessor.SEEN, settings.horizon().multipliedBy(2), settings.horizon(), false),
                BYTES,
                BYTES);
    }

    /** In memory, since it is emptied at each interval; restored from its topic. */
    private static StoreBuilder<?> totals() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(CountProcessor.TOTALS), Serdes.Bytes(), BYTES)
                .withCachingEnabled();
    }
}
