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
 * Makes the containers of consumers deliver again for as long as it takes. What spring-kafka does by default, ten
 * attempts and then on without the record, and none at all for some exceptions, is loss.
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
        // Or a topic that ends with a transaction's marker looks as if there were something left to do.
        container.getContainerProperties().setFixTxOffsets(true);
        // A stop waits for the batch that is being handled, and its offsets.
        container.getContainerProperties().setStopImmediate(false);
        container.getContainerProperties().setShutdownTimeout(STOP_MILLIS);
        if (settings.instance() != null) {
            // Here and not for all of the binder's consumers: two with one name throw each other out.
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
                    throw new IllegalStateException("no record is given up: " + RecordItem.name(record), failure);
                },
                pause);
        handler.setClassifications(Map.of(), true);
        // The handler of the channel has said it in a line.
        handler.setLogLevel(KafkaException.Level.DEBUG);
        return handler;
    }

    /** Whether all consumers that were started still run. */
    boolean areRunning() {
        return !all.isEmpty()
                && all.stream().allMatch(container -> container.isRunning() && container.isInExpectedState());
    }
}
