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

/** Usage into a Kafka topic, for workers to count: taken once all records of a batch are acknowledged by all replicas. */
final class KafkaUsageIntake implements UsageIntake, AutoCloseable {

    /** A failure comes from the producer itself, within its own limits; this is for the case that it does not. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration GOODBYE = Duration.ofSeconds(10);

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
        List<ProducerRecord<byte[], byte[]>> ready = records.of(batch, topic.find());
        Timer.Sample sending = Timer.start();
        send(ready);
        sending.stop(batches);
        events.increment(batch.size());
    }

    private void send(List<ProducerRecord<byte[], byte[]>> ready) {
        var acknowledged = new Acknowledgements(ready.size());
        try {
            for (ProducerRecord<byte[], byte[]> record : ready) {
                Future<RecordMetadata> unused = producer.send(record, acknowledged);
                if (acknowledged.haveFailed()) {
                    // Each further one would wait as long.
                    break;
                }
            }
            acknowledged.await(timeBudget);
        } catch (ExecutionException | KafkaException | IllegalStateException | TimeoutException failure) {
            throw failed(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw failed(stopping);
        }
    }

    private Refusal failed(Throwable failure) {
        topic.forget();
        return unavailable(failure);
    }

    /** The cause is for the log; who sent the events learns only that sending them again is right. */
    static Refusal unavailable(Throwable failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        return Refusal.unavailable("the message broker does not take events now", cause == null ? failure : cause);
    }

    /** Sends what is still waiting to be sent; nobody was told that it is kept. */
    @Override
    public void close() {
        producer.close(GOODBYE);
        topic.close();
    }
}
