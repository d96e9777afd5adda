package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.Lab.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.azure.functions.Deliveries.DeliverAgain;
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
                .hasMessageEndingWith("it could not be parked");
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
