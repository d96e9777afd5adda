package dev.odometer.kafka.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** An embedded broker with automatic topic creation, to prove that the intake never triggers it. */
final class Broker implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    private final Admin admin;

    Broker() {
        broker.brokerProperty("auto.create.topics.enable", "true");
        broker.afterPropertiesSet();
        admin = Admin.create(Map.of("bootstrap.servers", address()));
    }

    String address() {
        return broker.getBrokersAsString();
    }

    /** Creates a topic and waits until its partitions have leaders, which is later than the controller's response. */
    void topic(String name, int partitions, Map<String, String> settings) throws Exception {
        var topic = new NewTopic(name, partitions, (short) 1).configs(settings);
        admin.createTopics(List.of(topic)).all().get();
        for (long end = System.nanoTime() + TIMEOUT.toNanos(); !hasLeaders(name); Thread.sleep(10)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("no leaders for " + name);
            }
        }
    }

    private boolean hasLeaders(String topic) throws InterruptedException {
        try {
            var ends = new HashMap<TopicPartition, OffsetSpec>();
            admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .flatMap(described -> described.partitions().stream())
                    .forEach(partition ->
                            ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
            return !admin.listOffsets(ends).all().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    Set<String> topics() throws Exception {
        return admin.listTopics().names().get();
    }

    /** All records of a topic with one partition. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", address()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    void stop() {
        broker.destroy();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        broker.destroy();
    }
}
