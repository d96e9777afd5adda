package dev.odometer.postgres.delta;

import java.util.Comparator;

/**
 * A partition of a topic of deltas.
 *
 * @param topicId the id that Kafka has assigned to the topic
 */
public record DeltaPartition(String topicId, int partition) implements Comparable<DeltaPartition> {

    private static final Comparator<DeltaPartition> ORDER =
            Comparator.comparing(DeltaPartition::topicId).thenComparing(DeltaPartition::partition);

    @Override
    public int compareTo(DeltaPartition other) {
        return ORDER.compare(this, other);
    }
}
