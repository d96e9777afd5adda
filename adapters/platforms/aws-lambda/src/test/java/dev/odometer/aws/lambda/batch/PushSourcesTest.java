package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.SampleHandler.STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** SNS and EventBridge, which ignore the response. */
class PushSourcesTest {

    @BeforeEach
    void clear() {
        STATE.clear();
    }

    private static String sns(String message) {
        return SampleHandler.send(Samples.records(List.of(Samples.sns("batch", "n1", message))), Deadline.NONE);
    }

    private static String send(JsonNode event) {
        return SampleHandler.send(event, Deadline.NONE);
    }

    @Test
    void returnsAnEmptyResponse() {
        assertThat(sns(Samples.event("1"))).isEmpty();
        assertThat(STATE.counted).containsExactly("1");
    }

    @Test
    void failsIfAMessageHasToBeRetried() {
        STATE.failures.put("1", 1);

        assertThatThrownBy(() -> sns(Samples.event("1")))
                .isInstanceOf(RedeliveryException.class)
                .hasMessage("All 1 messages have to be redelivered, for n1: come back later");
    }

    @Test
    void storesPoisonAsADeadLetter() {
        assertThat(sns("nonsense")).isEmpty();
        assertThat(STATE.deadLetters).hasSize(1);
        assertThat(STATE.deadLetters.get(0).origin()).isEqualTo(Samples.arn("sns", "batch"));
    }

    @Test
    void failsIfADeadLetterCannotBeStored() {
        STATE.deadLetterFailures = 1;

        assertThatThrownBy(() -> sns("nonsense")).isInstanceOf(RedeliveryException.class);
    }

    @Test
    void convertsAnEventOfEventBridgeToACloudEvent() {
        send(Samples.bus("batch", "Order placed", "{\"subject\":\"acme\",\"n\":1}"));

        Probes.Event event = STATE.events.get(0);
        assertThat(List.of(event.id(), event.source(), event.type(), event.subject(), String.valueOf(event.time())))
                .containsExactly("b-1", "batch", "Order placed", "acme", "2026-01-01T00:00:00Z");
        assertThat(event.data()).containsKeys("subject", "n");
    }

    @Test
    void keepsACloudEventInEventBridge() {
        send(Samples.bus("batch", "anything", Samples.event("1")));

        assertThat(STATE.events.get(0).source()).isEqualTo("shop");
    }

    @Test
    void storesAnEventWithoutASubjectAsADeadLetter() {
        assertThat(send(Samples.bus("batch", "Order placed", "{}"))).isEmpty();
        assertThat(STATE.deadLetters.get(0).reason()).contains("subject");
    }
}
