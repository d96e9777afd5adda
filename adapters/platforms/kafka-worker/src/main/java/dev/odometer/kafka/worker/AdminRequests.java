package dev.odometer.kafka.worker;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.core.NestedExceptionUtils;

/** Requests of an administration client. Their failures are refusals to start. */
public final class AdminRequests implements AutoCloseable {

    private final Admin admin;
    private final String servers;

    /** @throws StartRefusal when the settings of the client are invalid */
    public AdminRequests(KafkaSettings settings) {
        servers = settings.servers();
        try {
            admin = Admin.create(settings.forClient());
        } catch (KafkaException invalid) {
            throw new StartRefusal("The settings of the Kafka client are invalid: "
                    + NestedExceptionUtils.getMostSpecificCause(invalid).getMessage());
        }
    }

    public Admin admin() {
        return admin;
    }

    /**
     * Waits for the result of a request.
     *
     * @throws StartRefusal when it fails
     */
    public <T> T result(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw refusal(failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /**
     * Creates a topic, and returns whether it did not exist.
     *
     * @throws StartRefusal when it cannot be created
     */
    public boolean create(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof InvalidReplicationFactorException tooMany) {
                throw unreplicable(topic, tooMany);
            }
            if (failure.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw refusal(failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static StartRefusal unreplicable(NewTopic topic, InvalidReplicationFactorException tooMany) {
        String factor = topic.replicationFactor() > 0
                ? "--replication=" + topic.replicationFactor()
                : "the brokers' default.replication.factor";
        return new StartRefusal(
                "Kafka cannot create the topic " + topic.name() + " with " + factor + ": " + tooMany.getMessage(),
                "Create the topics with a factor of at most the number of brokers, on one broker: topics --replication=1.");
    }

    public static IllegalStateException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for Kafka", interrupted);
    }

    public StartRefusal refusal(ExecutionException failure) {
        return new StartRefusal(
                "The request to Kafka at " + servers + " failed: " + failure.getMessage(),
                "Check ODOMETER_KAFKA_BOOTSTRAP_SERVERS and the security settings.");
    }

    @Override
    public void close() {
        admin.close();
    }
}
