package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.Lab.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.DeliverAgain;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** SNS and EventBridge, which read no answer. */
class PushedTest {

    @BeforeEach
    void forget() {
        WORLD.forget();
    }

    private static String sns(String message) {
        return Lab.send(Sent.records(List.of(Sent.sns("batch", "n1", message))), Deadline.NONE);
    }

    private static String send(JsonNode event) {
        return Lab.send(event, Deadline.NONE);
    }

    @Test
    void answersNothingWhenAllIsDone() {
        assertThat(sns(Sent.event("1"))).isEmpty();
        assertThat(WORLD.counted).containsExactly("1");
    }

    @Test
    void failsWhenSomethingHasToWait() {
        WORLD.failures.put("1", 1);

        assertThatThrownBy(() -> sns(Sent.event("1")))
                .isInstanceOf(DeliverAgain.class)
                .hasMessage("All 1 messages have to be redelivered, for n1: come back later");
    }

    @Test
    void parksWhatCanNeverBeHandled() {
        assertThat(sns("nonsense")).isEmpty();
        assertThat(WORLD.parked).hasSize(1);
        assertThat(WORLD.parked.get(0).origin()).isEqualTo(Sent.arn("sns", "batch"));
    }

    @Test
    void failsWhenPoisonCannotBeParked() {
        WORLD.deadLetterFailures = 1;

        assertThatThrownBy(() -> sns("nonsense")).isInstanceOf(DeliverAgain.class);
    }

    @Test
    void makesACloudEventOfAnEventOnTheBus() {
        send(Sent.bus("batch", "Order placed", "{\"subject\":\"acme\",\"n\":1}"));

        Probes.Event event = WORLD.events.get(0);
        assertThat(List.of(event.id(), event.source(), event.type(), event.subject(), String.valueOf(event.time())))
                .containsExactly("b-1", "batch", "Order placed", "acme", "2026-01-01T00:00:00Z");
        assertThat(event.data()).containsKeys("subject", "n");
    }

    @Test
    void takesACloudEventOnTheBusAsItIs() {
        send(Sent.bus("batch", "anything", Sent.event("1")));

        assertThat(WORLD.events.get(0).source()).isEqualTo("shop");
    }

    @Test
    void parksAnEventOnTheBusThatHasNoSubject() {
        assertThat(send(Sent.bus("batch", "Order placed", "{}"))).isEmpty();
        assertThat(WORLD.parked.get(0).reason()).contains("subject");
    }
}
