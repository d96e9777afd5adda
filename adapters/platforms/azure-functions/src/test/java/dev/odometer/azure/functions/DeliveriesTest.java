package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.TriggerFixture.RECORDER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.functions.binding.Binding.Payload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private static final String POISON = "nonsense";
    private static final String VALID = TriggerFixture.event("1", "acme");

    @BeforeEach
    void reset() {
        RECORDER.reset();
    }

    @Test
    void retriesUntilTheItemSucceeds() throws Exception {
        RECORDER.failures.put("1", 2);

        TriggerFixture.events().serviceBus(List.of(VALID));

        assertThat(RECORDER.counted).containsExactly("1");
        assertThat(RECORDER.pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void retriesOnlyUnfinishedItems() {
        RECORDER.failures.put("1", 3);

        assertThatThrownBy(() -> TriggerFixture.events().serviceBus(List.of(POISON, VALID)))
                .hasMessage("1 of 2 items must be redelivered: come back later");
        assertThat(RECORDER.pauses).hasSize(2);
    }

    @Test
    void doesNotRetryFinishedItemsBehindAnUnfinishedOne() throws Exception {
        RECORDER.deadLetterFailures = 1;

        TriggerFixture.events().eventHub(List.of(POISON, VALID));

        assertThat(RECORDER.parkedBodies()).containsExactly(POISON);
        assertThat(RECORDER.failures).as("decremented once per call").containsEntry("1", -1);
    }

    @Test
    void doublesThePauseUpToTenSeconds() {
        RECORDER.failures.put("1", 100);

        assertThatThrownBy(() -> TriggerFixture.deliveries(Duration.ofSeconds(60))
                        .deliver(Payload.EVENTS, "queue", List.of(Item.json("m", null, VALID.getBytes(UTF_8)))))
                .isInstanceOf(RedeliveryException.class);

        assertThat(RECORDER.pauses)
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void doesNotWaitWhenAllItemsAreFinished() throws Exception {
        TriggerFixture.events().serviceBus(List.of(VALID, POISON));

        assertThat(RECORDER.pauses).isEmpty();
    }

    @Test
    void failsTheInvocationWhenTheTimeBudgetIsUsedUp() {
        RECORDER.failures.put("1", 3);

        assertThatThrownBy(() -> TriggerFixture.events().serviceBus(List.of(VALID)))
                .isInstanceOf(RedeliveryException.class)
                .hasMessage("1 of 1 items must be redelivered: come back later");
        assertThat(RECORDER.counted).isEmpty();
    }

    @Test
    void storesPoisonAsADeadLetterBeforeTheInvocationFails() {
        RECORDER.failures.put("1", 3);

        assertThatThrownBy(() -> TriggerFixture.events().serviceBus(List.of(VALID, POISON)))
                .isInstanceOf(RedeliveryException.class);

        assertThat(RECORDER.parkedBodies()).containsExactly(POISON);
    }

    @Test
    void failsTheInvocationWhenADeadLetterCannotBeStored() {
        RECORDER.deadLetterFailures = 3;

        assertThatThrownBy(() -> TriggerFixture.events().queue(POISON))
                .isInstanceOf(RedeliveryException.class)
                .hasMessageEndingWith("it is a poison message, and storing it as a dead letter failed");
    }

    @Test
    void storesTheOriginOfADeadLetter() throws Exception {
        TriggerFixture.events().eventHub(List.of(POISON));
        TriggerFixture.events().serviceBus(List.of(POISON));
        TriggerFixture.events().kafka(List.of(POISON));
        TriggerFixture.events().queue(POISON);

        assertThat(RECORDER.parked())
                .extracting(item -> item.origin())
                .containsExactly("event-hub", "service-bus", "kafka:b:9093", "queue");
    }

    @Test
    void acceptsAnEmptyBatch() throws Exception {
        TriggerFixture.events().eventHub(List.of());

        assertThat(RECORDER.counted).isEmpty();
        assertThat(RECORDER.parked()).isEmpty();
    }

    @Test
    void failsWhenNoBindingTakesThePayload() {
        try (var context = TriggerFixture.start("spring.cloud.function.definition=takeEvents")) {
            var deliveries = TriggerFixture.deliveries(context);

            assertThatThrownBy(() -> deliveries.deliver(Payload.FILES, "blob", List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("No active binding takes FILES");
        }
    }
}
