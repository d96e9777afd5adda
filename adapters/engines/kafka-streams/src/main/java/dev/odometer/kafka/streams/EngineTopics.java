package dev.odometer.kafka.streams;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.kafka.streams.StreamsSettings.Start;
import dev.odometer.kafka.worker.AdminRequests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks and creates the topics of the engine, and the position of its first run. */
final class EngineTopics implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 100;
    private static final int PAUSE_MILLIS = 100;

    private final AdminRequests requests;
    private final Admin admin;
    private final StreamsSettings settings;

    EngineTopics(StreamsSettings settings) {
        this.requests = new AdminRequests(settings.kafka());
        this.admin = requests.admin();
        this.settings = settings;
    }

    /**
     * Checks the topics of the channel, and creates the topic of deltas if it is missing.
     *
     * @throws StartRefusal when a topic of the channel does not exist
     */
    DeltaSink.Topic prepare() {
        Set<String> existing = requests.result(admin.listTopics().names());
        var missing = new TreeSet<>(Set.of(settings.topic(), settings.deadLetterTopic()));
        missing.removeAll(existing);
        if (!missing.isEmpty() && !settings.kafka().createTopics()) {
            throw new StartRefusal(
                    "These topics do not exist: " + missing + ".",
                    "Create them: java -jar odometer-kafka-worker-…-app.jar topics --partitions=6 --replication=3. "
                            + "For development, ODOMETER_KAFKA_CREATE_TOPICS=true creates them at startup.");
        }
        missing.forEach(name -> requests.create(new NewTopic(name, Optional.empty(), Optional.empty())));
        if (!existing.contains(settings.deltaTopic())) {
            int partitions = description(settings.topic()).partitions().size();
            // Records are deleted after they were applied, and not before.
            requests.create(new NewTopic(settings.deltaTopic(), Optional.of(partitions), Optional.empty())
                    .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.RETENTION_BYTES_CONFIG, "-1")));
        }
        String id = description(settings.deltaTopic()).topicId().toString();
        return new DeltaSink.Topic(settings.deltaTopic(), id);
    }

    /** Waits for a topic that was just created: a broker learns of it a moment later. */
    private TopicDescription description(String topic) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic));
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException) || attempt == MAX_ATTEMPTS) {
                    throw requests.refusal(failure);
                }
                pause();
            } catch (InterruptedException interrupted) {
                throw AdminRequests.interrupted(interrupted);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            throw AdminRequests.interrupted(interrupted);
        }
    }

    /**
     * Sets the position of the first run. Without it, events that the database has counted already would be counted
     * again, because the engine does not know their identities.
     *
     * @throws StartRefusal when the database has events, and no setting says where to start
     */
    void setStart(boolean hasEvents) {
        if (!committed(settings.applicationId()).isEmpty()) {
            return;
        }
        if (settings.start() == null && hasEvents) {
            throw new StartRefusal(
                    "The database has events, and Kafka Streams would count those that are still in the topic "
                            + settings.topic() + " again.",
                    "Stop the Kafka workers and set ODOMETER_STREAMS_START=worker to continue where their group "
                            + settings.kafka().group()
                            + " stopped, or ODOMETER_STREAMS_START=earliest if none of the topic's events was counted.");
        }
        if (settings.start() == Start.WORKER) {
            Map<TopicPartition, OffsetAndMetadata> stopped =
                    committed(settings.kafka().group());
            if (stopped.isEmpty()) {
                throw new StartRefusal(
                        "The group " + settings.kafka().group() + " has no offsets in the topic " + settings.topic()
                                + ".",
                        "Set ODOMETER_KAFKA_GROUP to the group of the Kafka workers.");
            }
            requests.result(admin.alterConsumerGroupOffsets(settings.applicationId(), stopped)
                    .all());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        var ofTopic = new HashMap<TopicPartition, OffsetAndMetadata>();
        requests.result(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null && partition.topic().equals(settings.topic())) {
                        ofTopic.put(partition, new OffsetAndMetadata(offset.offset()));
                    }
                });
        return ofTopic;
    }

    /** Deletes the records below the offsets. */
    void deleteBefore(Map<TopicPartition, Long> offsets) {
        var records = new HashMap<TopicPartition, RecordsToDelete>();
        offsets.forEach((partition, offset) -> records.put(partition, RecordsToDelete.beforeOffset(offset)));
        requests.result(admin.deleteRecords(records).all());
    }

    @Override
    public void close() {
        requests.close();
    }
}
