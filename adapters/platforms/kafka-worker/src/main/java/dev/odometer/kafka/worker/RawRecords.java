package dev.odometer.kafka.worker;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Passes records on without conversion. A dead letter must have exactly the bytes that were sent, and building a map of
 * headers for each of up to 5,000 records costs more than counting them.
 */
final class RawRecords implements BatchMessageConverter {

    @Override
    @SuppressWarnings("unchecked") // the consumers are configured with ByteArrayDeserializer
    public Message<?> toMessage(
            List<ConsumerRecord<?, ?>> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer,
            @Nullable Type type) {
        List<?> raw = records;
        return new GenericMessage<>(
                new Batch((List<ConsumerRecord<byte[], byte[]>>) raw, Objects.requireNonNull(consumer)));
    }

    @Override
    public List<ProducerRecord<?, ?>> fromMessage(Message<?> message, String topic) {
        throw new UnsupportedOperationException("the worker does not send through the binder");
    }
}
