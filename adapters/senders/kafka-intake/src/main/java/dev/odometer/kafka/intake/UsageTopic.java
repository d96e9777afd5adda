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
 * The topic, looked for before anything is sent to it: a producer that asks for one that is not there makes a careless
 * broker create it with one partition and no replicas, which an admin client's question never does.
 */
final class UsageTopic implements AutoCloseable {

    /** A broker's own default, where this client may not ask. */
    private static final int USUAL_LARGEST_BATCH_BYTES = 1024 * 1024;

    private final Admin admin;
    private final String name;
    private volatile @Nullable Found found;

    UsageTopic(Admin admin, String name) {
        this.admin = admin;
        this.name = name;
    }

    /**
     * A topic that exists.
     *
     * @param largestBatchBytes the most that the broker takes at once, so the most that one record may have
     */
    record Found(String name, int largestBatchBytes) {}

    /**
     * Asks the broker, once until {@link #forget}.
     *
     * @throws Refusal UNAVAILABLE when the broker does not answer or has no such topic
     */
    Found find() {
        Found known = found;
        if (known == null) {
            checkExists();
            known = new Found(name, largestBatchBytes());
            found = known;
        }
        return known;
    }

    /** Ask again next time: something went wrong, and it may have been deleted or changed. */
    void forget() {
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

    private int largestBatchBytes() {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Config settings = Objects.requireNonNull(
                    await(admin.describeConfigs(List.of(topic)).all()).get(topic));
            return Integer.parseInt(
                    settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof AuthorizationException) {
                return USUAL_LARGEST_BATCH_BYTES;
            }
            throw KafkaUsageIntake.unavailable(failure);
        }
    }

    private static <T> T await(KafkaFuture<T> answer) throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException stopping) {
            // Sets the thread's mark again.
            throw KafkaUsageIntake.unavailable(new InterruptException(stopping));
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
