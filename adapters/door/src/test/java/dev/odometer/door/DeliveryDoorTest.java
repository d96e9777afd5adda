package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.DeliveryDoor.DeliverySource;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryDoorTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);

    private final InMemoryDeadLetterStore deadLetters = new InMemoryDeadLetterStore();
    private final DeliveryDoor door = new DeliveryDoor(Doors.BATCH, deadLetters, NOW);
    private final DeliverySource way = new DeliverySource("item", "queue");

    @BeforeEach
    void forgetCalls() {
        Probes.CALLS.clear();
    }

    private static Item item(String subject) {
        return Item.unnamed(
                null,
                Map.of(),
                ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject
                                + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void parksPoisonBeforeItIsDone() {
        List<Outcome> outcomes = door.deliver(way, List.of(item("a"), item("conflict")), Deadline.NONE);

        assertThat(outcomes).containsExactly(Outcome.OK, Outcome.OK);
        DeadLetter parked = deadLetters.list("item", 0, 10).get(0).item();
        assertThat(parked.reason()).isEqualTo("there is one already");
        assertThat(parked.origin()).isEqualTo("queue");
        assertThat(parked.parkedAt()).isEqualTo(NOW.instant());
    }

    @Test
    void tellsWhatIsParkedToWhoeverAsks() {
        assertThat(door.settle(way, List.of(item("a"), item("conflict")), Deadline.NONE))
                .containsExactly(Outcome.OK, Outcome.poison("there is one already"));
        assertThat(deadLetters.list("item", 0, 10)).hasSize(1);
    }

    @Test
    void parksNothingWhereNothingCanBeParked() {
        var full = new DeliveryDoor(
                Doors.BATCH,
                items -> {
                    throw new IllegalStateException("full");
                },
                NOW);

        assertThat(full.settle(way, List.of(item("conflict")), Deadline.NONE))
                .containsExactly(Outcome.retry("it could not be parked"));
    }

    @Test
    void triesAgainUntilNoTimeIsLeft() throws Exception {
        String left = door.persist(way, List.of(item("a"), item("unavailable")), Deadline.in(Duration.ofMillis(1500)));

        assertThat(left).isEqualTo("1 of 2 have to be delivered again: come back later");
        assertThat(Probes.CALLS).hasSizeGreaterThan(2);
        assertThat(Probes.CALLS.stream().filter(call -> call.get(0).subject().equals("a")))
                .hasSize(1);
    }

    @Test
    void waitsTwiceAsLongEachTimeAndTenSecondsAtMost() throws Exception {
        var pauses = new ArrayList<Long>();
        var time = new AtomicLong();
        var patient = new DeliveryDoor(Doors.BATCH, deadLetters, NOW, length -> {
            pauses.add(length.toMillis());
            time.addAndGet(length.toNanos());
        });

        patient.persist(way, List.of(item("unavailable")), Deadline.in(Duration.ofSeconds(60), time::get));

        assertThat(pauses).containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void isDoneWhenNothingHasToWait() throws Exception {
        assertThat(door.persist(way, List.of(item("a"), item("invalid")), Deadline.NONE))
                .isEmpty();
    }

    @Test
    void knowsTheOnlyChannelOfAPayload() {
        assertThatThrownBy(() -> door.onlyChannel(Payload.EVENTS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> door.onlyChannel(Payload.FILES)).isInstanceOf(IllegalArgumentException.class);
        assertThat(door.channels(Set.of(Payload.EVENTS))).contains("item").doesNotContain("files");
        assertThat(door.channels(Set.of(Payload.FILES))).contains("files").doesNotContain("item");
    }
}
