package dev.odometer.kafka.worker;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.core.NestedExceptionUtils;

/** Administers topics and consumer groups. */
final class TopicAdmin implements AutoCloseable {

    private final Admin admin;
    private final String servers;

    TopicAdmin(KafkaSettings settings) {
        this.admin = client(settings);
        this.servers = settings.servers();
    }

    private static Admin client(KafkaSettings settings) {
        try {
            return Admin.create(settings.forClient());
        } catch (KafkaException invalid) {
            throw new StartRefusal("The settings of the Kafka client are invalid: "
                    + NestedExceptionUtils.getMostSpecificCause(invalid).getMessage());
        }
    }

    /** The given topics that do not exist. */
    Set<String> missing(Collection<String> topics) {
        var missing = new TreeSet<>(topics);
        missing.removeAll(result(admin.listTopics().names()));
        return missing;
    }

    /**
     * Creates the topics that do not exist, and leaves the others unchanged.
     *
     * @param partitions empty for the broker's default
     * @param replication empty for the broker's default
     * @return the created topics
     */
    Set<String> create(Collection<String> topics, OptionalInt partitions, OptionalInt replication) {
        var created = missing(topics);
        for (String topic : Set.copyOf(created)) {
            try {
                admin.createTopics(List.of(new NewTopic(
                                topic, boxed(partitions), boxed(replication).map(Integer::shortValue))))
                        .all()
                        .get();
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof InvalidReplicationFactorException tooMany) {
                    throw unreplicable(topic, replication, tooMany);
                }
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw refusal(failure);
                }
                created.remove(topic);
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
        }
        return created;
    }

    private static StartRefusal unreplicable(
            String topic, OptionalInt replication, InvalidReplicationFactorException tooMany) {
        String factor = replication.isPresent()
                ? "--replication=" + replication.getAsInt()
                : "the brokers' default.replication.factor";
        return new StartRefusal(
                "Kafka cannot create the topic " + topic + " with " + factor + ": " + tooMany.getMessage(),
                "Create the topics with a factor of at most the number of brokers, on one broker: topics --replication=1.");
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    /** Removes static members from a group at once, instead of when their sessions time out. */
    void remove(String group, Collection<String> instances) {
        var members = instances.stream().map(MemberToRemove::new).toList();
        result(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(members))
                .all());
    }

    private <T> T result(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw refusal(failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static IllegalStateException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for Kafka", interrupted);
    }

    private StartRefusal refusal(ExecutionException failure) {
        return new StartRefusal(
                "The request to Kafka at " + servers + " failed: " + failure.getMessage(),
                "Check ODOMETER_KAFKA_BOOTSTRAP_SERVERS and the security settings.");
    }

    @Override
    public void close() {
        admin.close();
    }
}
