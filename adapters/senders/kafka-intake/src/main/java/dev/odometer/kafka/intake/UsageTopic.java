package dev.odometer.kafka.intake;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the topic before events are sent to it. A producer that sends to a missing topic makes a broker with {@code
 * auto.create.topics.enable} create it with default settings, such as one partition and no replicas. A request of the
 * admin client never creates a topic.
 */
final class UsageTopic implements AutoCloseable {

    /** The broker's default, for clients that are not authorized to read the topic's settings. */
    private static final int DEFAULT_MAX_BATCH_BYTES = 1024 * 1024;

    private final Admin admin;
    private final String name;
    private volatile @Nullable Found found;

    UsageTopic(Admin admin, String name) {
        this.admin = admin;
        this.name = name;
    }

    /**
     * An existing topic.
     *
     * @param maxBatchBytes the largest record batch that the topic accepts, which also limits a single record
     */
    record Found(String name, int maxBatchBytes) {}

    /**
     * Returns the topic from the cache, or looks it up after {@link #invalidate}.
     *
     * @throws Refusal UNAVAILABLE when the broker does not respond or the topic does not exist
     */
    Found find() {
        Found known = found;
        if (known == null) {
            checkExists();
            known = new Found(name, maxBatchBytes());
            found = known;
        }
        return known;
    }

    /** Clears the cache after a failed send, because the topic may have been deleted or changed. */
    void invalidate() {
        found = null;
    }

    private void checkExists() {
        try {
            await(admin.describeTopics(List.of(name)).allTopicNames());
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof UnknownTopicOrPartitionException missing
                    ? Refusal.unavailable("the topic " + name + " does not exist", missing)
                    : KafkaUsageIntake.unavailable(failure);
        }
    }

    private int maxBatchBytes() {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Config settings = Objects.requireNonNull(
                    await(admin.describeConfigs(List.of(topic)).all()).get(topic));
            return Integer.parseInt(
                    settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof AuthorizationException) {
                return DEFAULT_MAX_BATCH_BYTES;
            }
            throw KafkaUsageIntake.unavailable(failure);
        }
    }

    private static <T> T await(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException stopping) {
            // The constructor of InterruptException restores the thread's interrupt status.
            throw KafkaUsageIntake.unavailable(new InterruptException(stopping));
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
