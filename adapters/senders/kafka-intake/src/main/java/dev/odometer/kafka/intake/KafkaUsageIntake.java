package dev.odometer.kafka.intake;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageIntake;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends usage events to a Kafka topic, where workers count them. A batch is accepted when all in-sync replicas have
 * acknowledged all its records.
 */
final class KafkaUsageIntake implements UsageIntake, AutoCloseable {

    /** Added to the producer's own timeout, which normally reports a failure first. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final UsageTopic topic;
    private final EventRecords records;
    private final Duration timeBudget;
    private final Timer batches;
    private final Counter events;

    KafkaUsageIntake(IntakeSettings settings, EventRecords records, MeterRegistry meters) {
        this.producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = new UsageTopic(Admin.create(settings.admin()), settings.topic());
        this.records = records;
        this.timeBudget = settings.deliveryTimeout().plus(MARGIN);
        this.batches = Timer.builder("odometer.intake.batch")
                .description("Batches acknowledged by Kafka, from the first record sent")
                .register(meters);
        this.events = Counter.builder("odometer.intake.events")
                .description("Events acknowledged by Kafka")
                .register(meters);
    }

    @Override
    public void accept(List<UsageEvent> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<ProducerRecord<byte[], byte[]>> converted = records.of(batch, topic.find());
        Timer.Sample sample = Timer.start();
        send(converted);
        sample.stop(batches);
        events.increment(batch.size());
    }

    private void send(List<ProducerRecord<byte[], byte[]>> batch) {
        var acknowledgements = new Acknowledgements(batch.size());
        try {
            for (ProducerRecord<byte[], byte[]> record : batch) {
                Future<RecordMetadata> unused = producer.send(record, acknowledgements);
                if (acknowledgements.haveFailed()) {
                    // Each further send could block for max.block.ms again.
                    break;
                }
            }
            acknowledgements.await(timeBudget);
        } catch (ExecutionException | KafkaException | IllegalStateException | TimeoutException failure) {
            throw failed(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw failed(stopping);
        }
    }

    private Refusal failed(Throwable failure) {
        topic.invalidate();
        return unavailable(failure);
    }

    /** The refusal of a batch that the client should send again. The cause is only logged. */
    static Refusal unavailable(Throwable failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        return Refusal.unavailable("the message broker is unavailable", cause == null ? failure : cause);
    }

    /** Sends the buffered records, which no client has received an acknowledgment for. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
        topic.close();
    }
}
