package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.own.OwnService;
import dev.odometer.door.own.WithoutBilling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** The worker runs custom functions, with neither billing nor a database on the class path. */
class OwnServiceIT {

    private static final String TOPIC = "own-notes";

    @TempDir
    Path folder;

    /** Starts a worker and sends it two events, of which the first is a poison message. */
    static final class Sender implements UnaryOperator<String> {

        @Override
        public String apply(String servers) {
            try (var worker = SpringApplication.run(
                            Worker.class,
                            "--odometer.kafka.bootstrap-servers=" + servers,
                            "--odometer.kafka.group=own",
                            "--odometer.kafka.create-topics=true",
                            "--odometer.channels.notes.topic=" + TOPIC,
                            "--odometer.worker.port=0");
                    var producer = new KafkaProducer<>(
                            Map.of("bootstrap.servers", servers),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                for (String subject : new String[] {"refused", "milk"}) {
                    byte[] event = OwnService.event(subject).getBytes(StandardCharsets.UTF_8);
                    var sent = producer.send(new ProducerRecord<>(TOPIC, event));
                    Wait.until(sent::isDone, () -> "the event was not sent");
                }
                Wait.until(() -> !OwnService.PROCESSED.isEmpty(), () -> "no event was handled");
                return worker.isActive() + " " + OwnService.PROCESSED;
            }
        }
    }

    @Test
    void handlesEventsAndPublishesPoisonToTheDeadLetterTopic() throws Exception {
        String servers = EmbeddedPlatform.get().servers();

        assertThat(WithoutBilling.run(Sender.class, servers, folder)).isEqualTo("true [milk]");
        try (var broker = new Broker(Map.of("bootstrap.servers", servers))) {
            assertThat(broker.read(TOPIC + ".parked")).hasSize(1);
        }
    }
}
