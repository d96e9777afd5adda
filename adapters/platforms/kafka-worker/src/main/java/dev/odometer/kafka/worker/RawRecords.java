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
 * Leaves records as they are: what is parked has to be what was sent, to the byte, and a map of headers for each of five
 * thousand records costs more than counting them.
 */
final class RawRecords implements BatchMessageConverter {

    @Override
    @SuppressWarnings("unchecked") // the binder's deserializers are for bytes
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
        throw new UnsupportedOperationException("the worker sends nothing this way");
    }
}
