package dev.odometer.kafka.worker;

import dev.odometer.door.Item;
import dev.odometer.door.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A batch with what became of each record. Done is only what stands before the first that has to wait: behind it
 * everything is delivered again, so that order is kept and nothing is parked twice.
 *
 * @param outcomes one a record; of a tombstone OK, for there is nothing to count
 */
record BatchResult(List<ConsumerRecord<byte[], byte[]>> records, List<Outcome> outcomes) {

    static BatchResult of(List<ConsumerRecord<byte[], byte[]>> records, Function<List<Item>, List<Outcome>> door) {
        var items = records.stream()
                .filter(record -> record.value() != null)
                .map(RecordItem::of)
                .toList();
        var given = items.isEmpty()
                ? List.<Outcome>of().iterator()
                : door.apply(items).iterator();
        var outcomes = new ArrayList<Outcome>(records.size());
        for (var record : records) {
            outcomes.add(record.value() == null ? Outcome.OK : given.next());
        }
        return new BatchResult(records, outcomes);
    }

    /** How many are done, from the first on. */
    int done() {
        return IntStream.range(0, outcomes.size())
                .filter(i -> outcomes.get(i).kind() == Outcome.Kind.RETRY)
                .findFirst()
                .orElse(outcomes.size());
    }

    /** The places of those that have to be parked now. */
    List<Integer> poison() {
        return IntStream.range(0, done())
                .filter(i -> outcomes.get(i).kind() == Outcome.Kind.POISON)
                .boxed()
                .toList();
    }

    /** Where to go on when what is done is done. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var record : records.subList(0, done())) {
            offsets.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
        }
        return offsets;
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
