package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.batch.Outcome.Kind;
import dev.odometer.functions.binding.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a deadline, 500 ms are reserved for the reply, and the duration of the longest call for the next call. */
class DeadlineTest {

    @BeforeEach
    void clearCalls() {
        Probes.CALLS.clear();
    }

    private static Item item(String subject) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject
                + "\"}";
        return Item.json("m", null, event.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Outcome> handle(String channel, int millis, List<Item> items) {
        return Doors.BATCH.handle(channel, items, Deadline.in(Duration.ofMillis(millis), Probes.CLOCK::get));
    }

    @Test
    void processesAllItemsWithinTheDeadline() {
        assertThat(handle("item", 60_000, List.of(item("slow"), item("a")))).containsExactly(Outcome.OK, Outcome.OK);
    }

    @Test
    void retriesItemsThatDoNotFitIntoTheDeadline() {
        List<Outcome> outcomes = handle("item", 1000, Collections.nCopies(5, item("slow")));

        // 200 ms each: the third call would need 700 ms, but 600 ms are left.
        assertThat(outcomes.subList(0, 2)).containsOnly(Outcome.OK);
        assertThat(outcomes.subList(2, 5))
                .containsOnly(Outcome.retry("the deadline was reached before it was processed"));
    }

    @Test
    void callsNothingWithinTheMargin() {
        assertThat(handle("item", 400, List.of(item("a"))))
                .extracting(Outcome::kind)
                .containsExactly(Kind.RETRY);
        assertThat(handle("batch", 400, List.of(item("a"))))
                .extracting(Outcome::kind)
                .containsExactly(Kind.RETRY);
        assertThat(Probes.CALLS).isEmpty();
    }

    @Test
    void reportsUnreadableItemsAsPoisonAfterTheDeadline() {
        var nonsense = Item.json("m", null, new byte[] {'x'});

        assertThat(handle("batch", 0, List.of(nonsense)))
                .extracting(Outcome::kind)
                .containsExactly(Kind.POISON);
    }

    @Test
    void splitsALargeBatch() {
        List<Outcome> outcomes = handle("batch", 60_000, Collections.nCopies(5001, item("a")));

        assertThat(outcomes).hasSize(5001).containsOnly(Outcome.OK);
        assertThat(Probes.CALLS).extracting(List::size).containsExactly(5000, 1);
    }

    @Test
    void checksTheDeadlineBetweenTheParts() {
        List<Item> items = IntStream.range(0, 5001)
                .mapToObj(i -> item(i < 4 ? "slow" : "a"))
                .toList();

        List<Outcome> outcomes = handle("batch", 1700, items);

        // The first part takes 800 ms, so the second would need 1300 ms, but 900 ms are left.
        assertThat(outcomes.subList(0, 5000)).containsOnly(Outcome.OK);
        assertThat(outcomes.get(5000).kind()).isEqualTo(Kind.RETRY);
    }
}
