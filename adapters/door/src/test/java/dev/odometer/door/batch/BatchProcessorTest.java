package dev.odometer.door.batch;

import static dev.odometer.door.batch.ReportMode.ALL_OR_NOTHING;
import static dev.odometer.door.batch.ReportMode.FAILED_ITEMS;
import static dev.odometer.door.batch.ReportMode.FIRST_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore.Stored;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchProcessorTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);
    private static final DeliverySource SOURCE = new DeliverySource("item", "queue");
    private static final DeadLetters FULL = items -> {
        throw new IllegalStateException("full");
    };

    private final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore();
    private final BatchProcessor processor = processor(store);

    private static BatchProcessor processor(@Nullable DeadLetters store) {
        return new BatchProcessor(Doors.BATCH, new DeadLetterWriter(store, NOW), InvocationMeter.OFF);
    }

    @BeforeEach
    void clearCalls() {
        Probes.CALLS.clear();
    }

    /** A message named by its subject, which determines its outcome (see {@link Probes}). */
    private static Delivery<String> message(@Nullable String group, String subject) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject
                + "\"}";
        var item = Item.json(subject, group, event.getBytes(StandardCharsets.UTF_8));
        return new Delivery<>(subject, group, List.of(DeliveredItem.of(SOURCE, item)));
    }

    private static Delivery<String> message(String subject) {
        return message(null, subject);
    }

    /** A poison message whose function is not called. */
    private static Delivery<String> poison(@Nullable String group, String name) {
        var item = Item.json(name, group, new byte[0]);
        return new Delivery<>(name, group, List.of(DeliveredItem.poison(SOURCE, item, "it is broken")));
    }

    @SafeVarargs
    private BatchResult<String> process(ReportMode mode, Delivery<String>... messages) {
        var batch = new ArrayList<Delivery<String>>();
        for (Delivery<String> message : messages) {
            batch.add(message);
        }
        return processor.process(batch, mode, Deadline.NONE);
    }

    private List<String> stored() {
        return store.list("item", 0, 100).stream()
                .map(Stored::item)
                .map(DeadLetter::id)
                .toList();
    }

    @Test
    void storesADeadLetterBeforeTheAcknowledgement() {
        BatchResult<String> result = process(FAILED_ITEMS, message("a"), message("conflict"));

        assertThat(result.redeliveries()).isEmpty();
        DeadLetter stored = store.list("item", 0, 10).get(0).item();
        assertThat(stored.reason()).isEqualTo("there is one already");
        assertThat(stored.origin()).isEqualTo("queue");
        assertThat(stored.storedAt()).isEqualTo(NOW.instant());
    }

    @Test
    void observersSeeStoredDeadLettersOnly() {
        var seen = new ArrayList<String>();
        DeadLetterObserver observer = seen::add;
        var full = new DeadLetterWriter(FULL, NOW).observed(List.of(observer));
        var storing = new DeadLetterWriter(store, NOW).observed(List.of(observer));
        List<Delivery<String>> batch = List.of(message("a"), message("conflict"));

        new BatchProcessor(Doors.BATCH, full, InvocationMeter.OFF).process(batch, FAILED_ITEMS, Deadline.NONE);
        assertThat(seen).isEmpty();
        new BatchProcessor(Doors.BATCH, storing, InvocationMeter.OFF).process(batch, FAILED_ITEMS, Deadline.NONE);

        assertThat(seen).containsExactly("item");
    }

    @Test
    void reportsStoredDeadLettersAsPoison() {
        Delivery<String> conflict = message("conflict");

        BatchResult<String> result = process(FAILED_ITEMS, message("a"), conflict);

        assertThat(result.outcome(conflict.items().get(0))).isEqualTo(Outcome.poison("there is one already"));
        assertThat(stored()).containsExactly("conflict");
    }

    @Test
    void redeliversPoisonThatCannotBeStored() {
        Delivery<String> conflict = message("conflict");

        var result = processor(FULL).process(List.of(conflict, message("a")), FAILED_ITEMS, Deadline.NONE);

        assertThat(result.outcome(conflict.items().get(0)))
                .isEqualTo(Outcome.retry("it is a poison message, and storing it as a dead letter failed"));
        assertThat(result.failures()).containsExactly("conflict");
    }

    @Test
    void redeliversPoisonWithoutAStore() {
        Delivery<String> conflict = message("conflict");

        var result = processor(null).process(List.of(conflict, message("a")), FAILED_ITEMS, Deadline.NONE);

        assertThat(result.outcome(conflict.items().get(0)))
                .isEqualTo(Outcome.retry(
                        "it is a poison message, and no store for dead letters is configured: there is one already"));
        assertThat(result.failures()).containsExactly("conflict");
    }

    @Test
    void storesNoDeadLetterBehindAFailedMessageOfItsGroup() {
        BatchResult<String> result = process(
                FAILED_ITEMS,
                poison("a", "first"),
                message("a", "unavailable"),
                poison("b", "other"),
                poison("a", "behind"));

        assertThat(stored()).containsExactly("first", "other");
        assertThat(result.failures()).containsExactly("unavailable", "behind");
    }

    @Test
    void redeliversAnEmptyMessageBehindAFailedOneOfItsGroup() {
        var empty = new Delivery<>("empty", "a", List.of());

        assertThat(process(FAILED_ITEMS, message("a", "unavailable"), empty).failures())
                .containsExactly("unavailable", "empty");
        assertThat(process(FAILED_ITEMS, empty).redeliveries()).isEmpty();
    }

    @Test
    void storesDeadLettersOfUnorderedMessagesNextToAFailedOne() {
        BatchResult<String> result = process(FAILED_ITEMS, message("unavailable"), message("conflict"));

        assertThat(stored()).containsExactly("conflict");
        assertThat(result.failures()).containsExactly("unavailable");
    }

    @Test
    void reportsTheFirstFailureOfEachGroup() {
        BatchResult<String> result = process(
                FIRST_FAILURE,
                message("a", "unavailable"),
                message("b", "bug"),
                message("a", "x"),
                message("b", "y"),
                message(null, "memory"));

        assertThat(result.failures()).containsExactly("unavailable", "bug", "memory");
        assertThat(result.redeliveries()).hasSize(5);
    }

    @Test
    void redeliversTheWholeBatchAndStoresNothingInAllOrNothingMode() {
        BatchResult<String> result = process(ALL_OR_NOTHING, message("conflict"), message("unavailable"), message("a"));

        assertThat(result.redeliveries()).hasSize(3);
        assertThat(stored()).isEmpty();
        assertThat(process(ALL_OR_NOTHING, message("conflict"), message("a")).redeliveries())
                .isEmpty();
        assertThat(stored()).containsExactly("conflict");
    }

    @Test
    void distinguishesUnfinishedMessagesFromBlockedOnes() {
        BatchResult<String> result =
                process(FAILED_ITEMS, message("a", "unavailable"), message("a", "x"), poison("a", "p"));

        assertThat(result.redeliveries()).hasSize(3);
        assertThat(result.unfinished()).extracting(Delivery::name).containsExactly("unavailable", "p");
    }

    @Test
    void returnsTheFirstFailedItem() {
        BatchResult<String> result = process(FAILED_ITEMS, message("a"), message("unavailable"), message("bug"));

        assertThat(result.firstFailure())
                .hasValueSatisfying(
                        item -> assertThat(result.outcome(item)).isEqualTo(Outcome.retry("come back later")));
        assertThat(process(FAILED_ITEMS, message("a")).firstFailure()).isEmpty();
    }

    @Test
    void storesInOrderedChunksAndStopsAtAFailure() {
        var sizes = new ArrayList<Integer>();
        DeadLetters second = items -> {
            sizes.add(items.size());
            if (sizes.size() == 2) {
                throw new IllegalStateException("unavailable");
            }
            store.store(items);
        };
        List<Delivery<String>> messages =
                IntStream.range(0, 25).mapToObj(i -> poison(null, "m" + i)).toList();

        var result = processor(second).process(messages, FAILED_ITEMS, Deadline.NONE);

        assertThat(sizes).containsExactly(10, 10);
        assertThat(stored()).hasSize(10).startsWith("m0");
        assertThat(result.failures()).hasSize(15).startsWith("m10");
    }

    @Test
    void redeliversPoisonAfterTheDeadline() {
        var result = processor.process(
                List.of(poison(null, "m")), FAILED_ITEMS, Deadline.in(Duration.ofMillis(400), () -> 0));

        assertThat(result.failures()).containsExactly("m");
        assertThat(stored()).isEmpty();
    }

    @Test
    void redeliversUnroutedItems() {
        var unrouted = new Delivery<>(
                "m", null, List.of(DeliveredItem.unrouted(Item.json("m", null, new byte[0]), "no channel is set")));

        assertThat(process(FAILED_ITEMS, unrouted, message("a")).failures()).containsExactly("m");
        assertThat(Probes.CALLS).hasSize(1);
    }

    @Test
    void storesNoDeadLettersInCall() {
        var result = processor.processWithoutDeadLetters(List.of(message("conflict")), FIRST_FAILURE, Deadline.NONE);

        assertThat(result.deadLetters())
                .extracting(item -> result.outcome(item).reason())
                .containsExactly("there is one already");
        assertThat(stored()).isEmpty();
    }
}
