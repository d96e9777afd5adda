package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Outcome.Kind;
import dev.odometer.functions.binding.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a deadline 500 ms are kept for the answer, and as much as the longest call took for the next one. */
class DeadlineTest {

    @BeforeEach
    void forgetCalls() {
        Probes.CALLS.clear();
    }

    private static Item item(String subject) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject
                + "\"}";
        return Item.json("m", null, event.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Outcome> handle(String channel, int millis, List<Item> items) {
        return Doors.BATCH.handle(channel, items, Deadline.in(Duration.ofMillis(millis)));
    }

    @Test
    void handlesAllThatThereIsTimeFor() {
        assertThat(handle("item", 60_000, List.of(item("slow"), item("a")))).containsExactly(Outcome.OK, Outcome.OK);
    }

    @Test
    void deliversAgainWhatThereIsNoTimeFor() {
        List<Outcome> outcomes = handle("item", 1000, Collections.nCopies(5, item("slow")));

        // 200 ms each: before the fourth call there would have to be 700 ms left of at most 400.
        assertThat(outcomes.get(0)).isEqualTo(Outcome.OK);
        assertThat(outcomes.subList(3, 5)).containsOnly(Outcome.retry("the deadline was reached before it was processed"));
    }

    @Test
    void startsNothingWithinTheMargin() {
        assertThat(handle("item", 400, List.of(item("a"))))
                .extracting(Outcome::kind)
                .containsExactly(Kind.RETRY);
        assertThat(handle("batch", 400, List.of(item("a"))))
                .extracting(Outcome::kind)
                .containsExactly(Kind.RETRY);
        assertThat(Probes.CALLS).isEmpty();
    }

    @Test
    void parksWhatCannotBeReadWhateverTheTime() {
        var nonsense = Item.json("m", null, new byte[] {'x'});

        assertThat(handle("batch", 0, List.of(nonsense)))
                .extracting(Outcome::kind)
                .containsExactly(Kind.POISON);
    }

    @Test
    void handsALongBatchOverInParts() {
        List<Outcome> outcomes = handle("batch", 60_000, Collections.nCopies(5001, item("a")));

        assertThat(outcomes).hasSize(5001).containsOnly(Outcome.OK);
        assertThat(Probes.CALLS).extracting(List::size).containsExactly(5000, 1);
    }

    @Test
    void looksAtTheTimeBetweenTheParts() {
        List<Item> items = IntStream.range(0, 5001)
                .mapToObj(i -> item(i < 4 ? "slow" : "a"))
                .toList();

        List<Outcome> outcomes = handle("batch", 1700, items);

        // The first part takes 800 ms, so before the second there would have to be 1300 ms left of at most 900.
        assertThat(outcomes.subList(0, 5000)).containsOnly(Outcome.OK);
        assertThat(outcomes.get(5000).kind()).isEqualTo(Kind.RETRY);
    }
}
