package dev.odometer.kafka.streams;

import dev.odometer.door.batch.EventItems;
import dev.odometer.door.batch.Item;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.kafka.worker.DeadLetterRecord;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Reading;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.rollup.Moment;
import dev.odometer.postgres.usage.CurrentMeters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each record as the Kafka worker does, and has the meters read its event. The result has the digest of the event's
 * identity as its key. A record that can never be counted becomes a dead letter.
 */
final class EventProcessor extends ContextualProcessor<byte[], byte[], byte[], EventProcessor.Output> {

    private static final Logger LOG = LoggerFactory.getLogger(EventProcessor.class);
    /** The bits of a position that hold the partition; the bits above are the offset. */
    private static final int PARTITION_BITS = 10;

    private final EventItems items;
    private final MeterFeed feed;
    private final Clock clock;
    private final EngineMetrics metrics;
    private final Digest digest = new Digest();

    EventProcessor(EventItems items, MeterFeed feed, Clock clock, EngineMetrics metrics) {
        this.items = items;
        this.feed = feed;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** A record of the topic of identities, or a dead letter. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Output(byte @Nullable [] bytes, boolean isPoison) {}

    @Override
    public void process(Record<byte[], byte[]> record) {
        // Outside of the block below: a failure of the database is not an error of the record.
        CurrentMeters.ByType meters = feed.meters();
        RecordMetadata place = context().recordMetadata().orElseThrow();
        try {
            Optional<UsageEvent> event = event(record, place);
            if (event.isEmpty()) {
                metrics.tombstone();
                return;
            }
            byte[] identity = digest.of(event.get().source(), event.get().id());
            byte[] counted = counted(event.get(), meters, place).bytes();
            context()
                    .forward(record.withKey(identity)
                            .withValue(new Output(counted, false))
                            .withHeaders(new RecordHeaders()));
        } catch (Refusal refusal) {
            poison(record, place, refusal.detail());
        }
    }

    private Optional<UsageEvent> event(Record<byte[], byte[]> record, RecordMetadata place) {
        var headers = new dev.odometer.door.batch.RecordHeaders();
        record.headers().forEach(header -> headers.with(header.key(), header.value()));
        String partition = place.topic() + "-" + place.partition();
        Optional<Item> item = headers.item(partition + "@" + place.offset(), partition, record.value());
        return item.map(one -> ((UsageEvent) items.read(one)).receivedAt(clock.instant()));
    }

    private CountedEvent counted(UsageEvent event, CurrentMeters.ByType meters, RecordMetadata place) {
        var contributions = new ArrayList<Contribution>();
        for (LiveMeter live : meters.of(event.type())) {
            Meter meter = live.reader().meter();
            if (meter.covers(event.happenedAt())) {
                List<String> groups = live.reader().groups(event.data());
                Reading reading = live.reader().read(event.data(), groups);
                byte[] series = new SeriesKey(live.rollup(), meter.aggregation(), event.subject(), groups).bytes();
                if (reading instanceof Reading.Amount amount) {
                    contributions.add(new Contribution(series, amount.value(), null));
                } else if (reading instanceof Reading.Distinct text) {
                    contributions.add(new Contribution(series, null, digest.of(text.text())));
                }
            }
        }
        // The order of arrival within a partition, which decides between two latest values of the same time.
        long position = place.offset() << PARTITION_BITS | place.partition() % (1 << PARTITION_BITS);
        return new CountedEvent(new Moment(Micros.of(event.happenedAt()), position), contributions);
    }

    private void poison(Record<byte[], byte[]> record, RecordMetadata place, String reason) {
        metrics.poison();
        // Not at WARN: a sender can cause any number of these. The metrics count them.
        LOG.debug("{}-{}@{} becomes a dead letter: {}", place.topic(), place.partition(), place.offset(), reason);
        var partition = new TopicPartition(place.topic(), place.partition());
        context()
                .forward(record.withValue(new Output(record.value(), true))
                        .withHeaders(DeadLetterRecord.headers(record.headers(), reason, partition, place.offset())));
    }
}
