package dev.odometer.kafka.worker;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;

/** Administers topics and consumer groups. */
final class TopicAdmin implements AutoCloseable {

    private final AdminRequests requests;

    TopicAdmin(KafkaSettings settings) {
        requests = new AdminRequests(settings);
    }

    /** The given topics that do not exist. */
    Set<String> missing(Collection<String> topics) {
        var missing = new TreeSet<>(topics);
        missing.removeAll(requests.result(requests.admin().listTopics().names()));
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
        created.removeIf(topic -> !requests.create(
                new NewTopic(topic, boxed(partitions), boxed(replication).map(Integer::shortValue))));
        return created;
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    /** Removes static members from a group at once, instead of when their sessions time out. */
    void remove(String group, Collection<String> instances) {
        var members = instances.stream().map(MemberToRemove::new).toList();
        requests.result(requests.admin()
                .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(members))
                .all());
    }

    @Override
    public void close() {
        requests.close();
    }
}
