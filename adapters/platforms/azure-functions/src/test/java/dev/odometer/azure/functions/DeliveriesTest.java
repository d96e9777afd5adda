package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.Lab.WORLD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.DeliverAgain;
import dev.odometer.door.Item;
import dev.odometer.functions.binding.Binding.Payload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private static final String POISON = "nonsense";
    private static final String FINE = Lab.event("1", "acme");

    @BeforeEach
    void forget() {
        WORLD.forget();
    }

    @Test
    void tryAgainUntilItIsDone() throws Exception {
        WORLD.failures.put("1", 2);

        Lab.events().serviceBus(List.of(FINE));

        assertThat(WORLD.counted).containsExactly("1");
        assertThat(WORLD.pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void tryAgainOnlyWhatIsNotDone() {
        WORLD.failures.put("1", 3);

        assertThatThrownBy(() -> Lab.events().serviceBus(List.of(POISON, FINE)))
                .hasMessage("1 of 2 have to be delivered again: come back later");
        assertThat(WORLD.pauses).hasSize(2);
    }

    @Test
    void tryNothingAgainThatOnlyStandsBehindAnother() throws Exception {
        WORLD.deadLetterFailures = 1;

        Lab.events().eventHub(List.of(POISON, FINE));

        assertThat(WORLD.parkedBodies()).containsExactly(POISON);
        assertThat(WORLD.failures).as("calls, each of which takes one off").containsEntry("1", -1);
    }

    @Test
    void waitTwiceAsLongEachTimeAndTenSecondsAtMost() {
        WORLD.failures.put("1", 100);

        assertThatThrownBy(() -> Lab.deliveries(Duration.ofSeconds(60))
                        .deliver(Payload.EVENTS, "queue", List.of(Item.json("m", null, FINE.getBytes(UTF_8)))))
                .isInstanceOf(DeliverAgain.class);

        assertThat(WORLD.pauses)
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void areDoneWhenNothingHasToWait() throws Exception {
        Lab.events().serviceBus(List.of(FINE, POISON));

        assertThat(WORLD.pauses).isEmpty();
    }

    @Test
    void failTheInvocationWhenNoTimeIsLeft() {
        WORLD.failures.put("1", 3);

        assertThatThrownBy(() -> Lab.events().serviceBus(List.of(FINE)))
                .isInstanceOf(DeliverAgain.class)
                .hasMessage("1 of 1 have to be delivered again: come back later");
        assertThat(WORLD.counted).isEmpty();
    }

    @Test
    void parkPoisonBeforeTheInvocationFails() {
        WORLD.failures.put("1", 3);

        assertThatThrownBy(() -> Lab.events().serviceBus(List.of(FINE, POISON))).isInstanceOf(DeliverAgain.class);

        assertThat(WORLD.parkedBodies()).containsExactly(POISON);
    }

    @Test
    void failTheInvocationWhenPoisonCannotBeParked() {
        WORLD.deadLetterFailures = 3;

        assertThatThrownBy(() -> Lab.events().queue(POISON))
                .isInstanceOf(DeliverAgain.class)
                .hasMessageEndingWith("it could not be stored as a dead letter");
    }

    @Test
    void sayWhereWhatIsParkedComesFrom() throws Exception {
        Lab.events().eventHub(List.of(POISON));
        Lab.events().serviceBus(List.of(POISON));
        Lab.events().kafka(List.of(POISON));
        Lab.events().queue(POISON);

        assertThat(WORLD.parked())
                .extracting(item -> item.origin())
                .containsExactly("event-hub", "service-bus", "kafka", "queue");
    }

    @Test
    void doNothingForAnEmptyBatch() throws Exception {
        Lab.events().eventHub(List.of());

        assertThat(WORLD.counted).isEmpty();
        assertThat(WORLD.parked()).isEmpty();
    }

    @Test
    void failWhereNoBindingTakesThePayload() {
        try (var context = Lab.start("spring.cloud.function.definition=takeEvents")) {
            var deliveries = Lab.deliveries(context);

            assertThatThrownBy(() -> deliveries.deliver(Payload.FILES, "blob", List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("No active binding takes FILES");
        }
    }
}
