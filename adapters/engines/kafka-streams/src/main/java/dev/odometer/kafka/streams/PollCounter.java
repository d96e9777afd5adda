package dev.odometer.kafka.streams;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Tells the {@link MeterFeed} of each poll before its records are processed. Created by the Kafka client. */
public final class PollCounter implements ConsumerInterceptor<byte[], byte[]> {

    /** The property that holds the {@link MeterFeed}. */
    static final String FEED = "odometer.meter.feed";

    private @Nullable MeterFeed feed;

    @Override
    public void configure(Map<String, ?> properties) {
        feed = (MeterFeed) properties.get(FEED);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (feed == null) {
            throw new IllegalStateException("the property " + FEED + " is missing");
        }
        feed.polled();
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
