package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts each event once, and stores each poison message as a dead letter once. */
abstract class WorkerContract {

    private final Platform platform;

    WorkerContract(Platform platform) {
        this.platform = platform;
    }

    @Test
    void countsEventsInEveryContentMode() {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.structured("s"), bench.events.binary("b"), bench.events.plain("p"));

            bench.worker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("3");
            assertThat(bench.tokens()).isEqualByComparingTo("0.3");
        }
    }

    @Test
    void countsDuplicatesOnceAcrossPartitionsAndContentModes() {
        try (var bench = new Workbench(platform, 3)) {
            bench.send(bench.events.plain(0, 100, 3));
            bench.send(bench.events.plain(0, 100, 2));
            bench.send(bench.events.binary("e7"), bench.events.structured("e7"));

            bench.worker("--odometer.kafka.concurrency=3");
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo(BigDecimal.valueOf(100));
        }
    }

    @Test
    void storesPoisonAtAnyPositionInABatchAsADeadLetterOnce() {
        int size = 5;
        try (var bench = new Workbench(platform, 1)) {
            var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
            IntStream.range(0, size * size)
                    .forEach(i ->
                            records.add(i % size == i / size ? bench.events.poison(i) : bench.events.plain("e" + i)));
            bench.send(records);

            bench.worker("--odometer.kafka.properties.max.poll.records=" + size);
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo(BigDecimal.valueOf(size * size - size));
            assertThat(bench.broker.read(bench.deadLetterTopic()))
                    .extracting(deadLetter -> DeadLetterRecord.text(deadLetter, DeadLetterRecord.OFFSET)
                            .orElse(""))
                    .containsExactly("0", "6", "12", "18", "24");
        }
    }

    @Test
    void storesADeadLetterWithItsBytesReasonAndOffset() {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.plain("good"), bench.events.poison(7));

            bench.worker();
            bench.awaitDone();

            ConsumerRecord<byte[], byte[]> deadLetter =
                    bench.broker.read(bench.deadLetterTopic()).get(0);
            assertThat(deadLetter.key()).isEqualTo(Events.bytes("acme"));
            assertThat(deadLetter.value()).isEqualTo(Events.bytes("no event 7"));
            assertThat(headers(deadLetter))
                    .containsEntry("trace", "t7")
                    .containsEntry("odometer-topic", bench.topic())
                    .containsEntry("odometer-partition", "0")
                    .containsEntry("odometer-offset", "1")
                    .hasEntrySatisfying(
                            "odometer-reason", reason -> assertThat(reason).isNotBlank());
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    @Test
    void storesEventsThatFailValidationAsDeadLetters() {
        try (var bench = new Workbench(platform, 1)) {
            var empty = new ProducerRecord<>(bench.topic(), Events.bytes("acme"), new byte[0]);
            var noId = new ProducerRecord<>(
                    bench.topic(), Events.bytes("acme"), Events.bytes("{\"specversion\":\"1.0\"}"));
            bench.send(List.of(empty, bench.events.plain("good"), noId));

            bench.worker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("1");
            assertThat(bench.broker.read(bench.deadLetterTopic())).hasSize(2);
        }
    }

    /** One file is named twice, and one does not exist. */
    @Test
    void importsTheFilesThatRecordsName(@TempDir Path folder) throws IOException {
        try (var bench = new Workbench(platform, 1)) {
            Path inbox = Files.createDirectories(folder.resolve("inbox/2026"));
            Files.write(
                    inbox.resolve("usage.ndjson"),
                    List.of(text(bench.events.structured("a")), text(bench.events.structured("b"))));
            Files.write(inbox.resolve("more.ndjson"), List.of(text(bench.events.structured("c"))));
            for (String file : List.of("usage", "more", "usage", "none")) {
                String arrival = "{\"container\":\"inbox\",\"key\":\"2026/" + file + ".ndjson\"}";
                bench.send(new ProducerRecord<>(bench.topic(), Events.bytes(arrival)));
            }

            bench.importingWorker(folder);
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("3");
            assertThat(bench.tokens()).isEqualByComparingTo("0.3");
            assertThat(bench.broker.read(bench.deadLetterTopic()))
                    .extracting(deadLetter -> DeadLetterRecord.text(deadLetter, DeadLetterRecord.OFFSET)
                            .orElse(""))
                    .containsExactly("3");
        }
    }

    private static String text(ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void skipsTombstones() {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.tombstone(), bench.events.plain("e"), bench.events.tombstone());

            bench.worker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("1");
            assertThat(bench.broker.read(bench.deadLetterTopic())).isEmpty();
        }
    }

    /** The Kafka protocol binding of CloudEvents, 3.2.2: an event without data has no value. */
    @Test
    void countsEventsWithoutData() {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.withoutData("n"), bench.events.tombstone(), bench.events.withoutData("n"));

            bench.worker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("1");
            assertThat(bench.broker.read(bench.deadLetterTopic())).isEmpty();
        }
    }

    @Test
    void storesRecordsWithHeadersThatAreNotUtf8AsDeadLetters() {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.latin1("l"), bench.events.plain("good"));

            bench.worker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("1");
            ConsumerRecord<byte[], byte[]> deadLetter =
                    bench.broker.read(bench.deadLetterTopic()).get(0);
            assertThat(deadLetter.value()).isNull();
            assertThat(headers(deadLetter)).containsEntry("odometer-reason", "the header ce_subject is not UTF-8");
        }
    }

    @Test
    void doesNotCountAbortedTransactions() throws Exception {
        try (var bench = new Workbench(platform, 1);
                var sender = bench.broker.producer(Map.of("transactional.id", bench.topic()))) {
            sender.initTransactions();
            sender.beginTransaction();
            sender.send(bench.events.plain("aborted")).get();
            sender.abortTransaction();
            bench.send(bench.events.plain("committed"));

            bench.worker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("1");
        }
    }
}
