package dev.odometer.kafka.worker;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Configures the listener containers to redeliver without limit. By default, spring-kafka skips a record after ten
 * attempts, and does not retry some exceptions at all; both lose records.
 */
final class Containers implements ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> {

    private static final int STOP_MILLIS = 30_000;

    private final KafkaSettings settings;
    private final Queue<AbstractMessageListenerContainer<?, ?>> all = new ConcurrentLinkedQueue<>();

    Containers(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configure(AbstractMessageListenerContainer<?, ?> container, String destination, String group) {
        container.getContainerProperties().setAckMode(AckMode.BATCH);
        container.getContainerProperties().setSyncCommits(true);
        // Otherwise the lag never reaches 0 when the last entry of a partition is a transaction marker.
        container.getContainerProperties().setFixTxOffsets(true);
        // On a stop, the in-flight batch completes and its offsets are committed.
        container.getContainerProperties().setStopImmediate(false);
        container.getContainerProperties().setShutdownTimeout(STOP_MILLIS);
        if (settings.instance() != null) {
            // Set per container and not for all consumers of the binder: members with the same id fence each other.
            container
                    .getContainerProperties()
                    .getKafkaConsumerProperties()
                    .setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance() + "-" + destination);
        }
        container.setCommonErrorHandler(endlessRetries());
        all.add(container);
    }

    private DefaultErrorHandler endlessRetries() {
        var pause = new ExponentialBackOff(settings.retryFrom().toMillis(), 2);
        pause.setMaxInterval(settings.retryUpTo().toMillis());
        var handler = new DefaultErrorHandler(
                (record, failure) -> {
                    throw new IllegalStateException("records are never skipped: " + RecordItem.name(record), failure);
                },
                pause);
        handler.setClassifications(Map.of(), true);
        // ChannelHandler has already logged the failure in one line.
        handler.setLogLevel(KafkaException.Level.DEBUG);
        return handler;
    }

    /** Whether all started consumers are still running. */
    boolean areRunning() {
        return !all.isEmpty()
                && all.stream().allMatch(container -> container.isRunning() && container.isInExpectedState());
    }
}
