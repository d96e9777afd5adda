package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.SampleHandler.STATE;
import static dev.odometer.aws.lambda.batch.SampleHandler.failures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SqsSourceTest {

    @BeforeEach
    void clear() {
        STATE.clear();
    }

    private static String send(JsonNode... records) {
        return SampleHandler.send(Samples.records(List.of(records)), Deadline.NONE);
    }

    private static JsonNode message(String id, String body) {
        return Samples.sqs("batch", id, body);
    }

    private static JsonNode item(String id, String body) {
        return Samples.sqs("item", id, body);
    }

    @Test
    void countsABatch() {
        String answer = send(message("m1", Samples.event("1")), message("m2", Samples.event("2")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(STATE.counted).containsExactly("1", "2");
    }

    @Test
    void reportsExactlyTheFailedMessages() {
        STATE.failures.put("2", 1);

        String answer =
                send(item("m1", Samples.event("1")), item("m2", Samples.event("2")), item("m3", Samples.event("3")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
        assertThat(STATE.counted).containsExactly("1", "3");
    }

    @Test
    void blocksAMessageGroupOfAFifoQueueAtItsFirstFailure() {
        STATE.failures.put("1", 1);

        String answer = send(
                Samples.fifo("item", "m1", "a", Samples.event("1")),
                Samples.fifo("item", "m2", "b", Samples.event("2")),
                Samples.fifo("item", "m3", "a", "nonsense"),
                Samples.fifo("item", "m4", "a", Samples.event("4")));

        assertThat(answer).isEqualTo(failures("m1", "m3", "m4"));
        assertThat(STATE.counted).containsExactly("2");
        assertThat(STATE.deadLetters).isEmpty();
    }

    @Test
    void ignoresMessageGroupsOfAStandardQueue() {
        STATE.failures.put("1", 1);
        ObjectNode first = Samples.sqs("item", "m1", Samples.event("1"));
        ObjectNode second = Samples.sqs("item", "m2", Samples.event("2"));
        first.putObject("attributes").put("MessageGroupId", "tenant");
        second.putObject("attributes").put("MessageGroupId", "tenant");

        assertThat(send(first, second)).isEqualTo(failures("m1"));
        assertThat(STATE.counted).containsExactly("2");
    }

    @Test
    void storesPoisonAsADeadLetterWithTheReason() {
        String answer = send(message("m1", "nonsense"), message("m2", Samples.event("2")));

        assertThat(answer).isEqualTo(failures());
        DeadLetter letter = STATE.deadLetters.get(0);
        assertThat(letter.channel()).isEqualTo("batch");
        assertThat(letter.origin()).isEqualTo(Samples.arn("sqs", "batch"));
        assertThat(letter.id()).isEqualTo("m1");
        assertThat(letter.reason()).startsWith("invalid JSON at line 1");
        assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo("nonsense");
    }

    @Test
    void reportsPoisonThatCannotBeStored() {
        STATE.deadLetterFailures = 1;

        String answer = send(message("m1", Samples.event("1")), message("m2", Samples.event("2", "refused")));

        assertThat(answer).isEqualTo(failures("m2"));
        assertThat(STATE.counted).containsExactly("1");
    }

    @Test
    void storesAMessageWithoutABodyAsADeadLetterAndCountsTheOthers() {
        JsonNode empty = Samples.sqs("batch", "m1", "").without("body");

        String answer = send(empty, message("m2", ""), message("m3", Samples.event("3")));

        assertThat(answer).isEqualTo(failures());
        assertThat(STATE.deadLetters).extracting(DeadLetter::id).containsExactly("m1", "m2");
        assertThat(STATE.counted).containsExactly("3");
    }

    @Test
    void failsTheInvocationIfAMessageHasNoId() {
        JsonNode nameless = Samples.sqs("batch", "", Samples.event("1"));

        assertThatThrownBy(() -> send(message("m2", Samples.event("2")), nameless))
                .hasMessageContaining("messageId");
        assertThat(STATE.counted).isEmpty();
    }

    @Test
    void failsTheInvocationIfTheBindingHasNoItemReports() {
        STATE.failures.put("1", 1);
        JsonNode again = Samples.sqs("whole", "m1", Samples.event("1"));
        JsonNode poison = Samples.sqs("whole", "m2", "nonsense");

        assertThatThrownBy(() -> send(again, poison)).isInstanceOf(RedeliveryException.class);
        assertThat(STATE.deadLetters).isEmpty();
        assertThat(send(again, poison)).isEqualTo(failures());
        assertThat(STATE.deadLetters).hasSize(1);
    }

    @Test
    void failsTheInvocationIfADeadLetterCannotBeStoredWithoutItemReports() {
        STATE.deadLetterFailures = 1;

        assertThatThrownBy(() -> send(Samples.sqs("whole", "m1", "nonsense"))).isInstanceOf(RedeliveryException.class);
    }

    @Test
    void unwrapsMessagesOfSns() {
        String notification =
                Samples.notification("batch", "n1", Samples.event("1")).toString();

        assertThat(send(message("m1", notification))).isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("1");
    }

    @Test
    void unwrapsEventsOfEventBridge() {
        String event = Samples.bus("shop", "order", "{\"subject\":\"acme\"}").toString();

        assertThat(send(message("m1", event))).isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("b-1");
    }

    @Test
    void doesNotUnwrapACloudEventThatLooksLikeAnEnvelope() {
        String event =
                Samples.notification("batch", "n1", Samples.event("inner")).toString();
        String cloudEvent = event.replaceFirst(
                "\\{",
                "{\"specversion\":\"1.0\",\"id\":\"outer\",\"source\":\"s\"," + "\"type\":\"t\",\"subject\":\"acme\",");

        assertThat(send(message("m1", cloudEvent))).isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("outer");
    }

    @Test
    void doesNotRecognizeAnEnvelopeBySomeOfItsMembers() {
        String half = "{\"Type\":\"Notification\",\"Message\":\"{}\"}";

        assertThat(send(message("m1", half))).isEqualTo(failures());
        assertThat(STATE.deadLetters).hasSize(1);
        assertThat(STATE.deadLetters.get(0).body()).isEqualTo(half.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void reservesTimeForTheResponse() {
        STATE.millisPerEvent = 300;
        var batch = Samples.records(List.of(
                item("m1", Samples.event("1")),
                item("m2", Samples.event("2")),
                item("m3", Samples.event("3")),
                item("m4", Samples.event("4"))));

        String answer = SampleHandler.send(batch, Deadline.in(Duration.ofMillis(1300), () -> STATE.nanos));

        // The third call would need 800 ms, the duration of the longest call and 500 ms for the response, but 700 ms
        // are left.
        assertThat(answer).isEqualTo(failures("m3", "m4"));
        assertThat(STATE.counted).containsExactly("1", "2");
    }

    @Test
    void reportsPoisonIfThereIsNoTimeToStoreIt() {
        var batch = Samples.records(List.of(message("m1", "nonsense")));

        assertThat(SampleHandler.send(batch, Deadline.in(Duration.ofMillis(100))))
                .isEqualTo(failures("m1"));
        assertThat(STATE.deadLetters).isEmpty();
    }

    @Test
    void failsForASourceWithoutAChannel() {
        assertThatThrownBy(() -> send(Samples.sqs("other", "m1", Samples.event("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arn:aws:sqs:eu-west-1:123456789012:other")
                .hasMessageContaining("odometer.aws.channels.");
    }

    @Test
    void acceptsAnEmptyBatch() {
        assertThat(SampleHandler.send("{\"Records\":[]}")).isEqualTo(failures());
        assertThat(SampleHandler.send("[]")).isEqualTo(failures());
    }

    @Test
    void readsRecordsFromPipes() {
        STATE.failures.put("1", 1);
        var batch = Samples.array(List.of(item("m1", Samples.event("1")), item("m2", Samples.event("2"))));

        assertThat(SampleHandler.send(batch, Deadline.NONE)).isEqualTo(failures("m1"));
    }

    @Test
    void refusesRecordsOfSeveralSources() {
        var mixed = List.of(message("m1", Samples.event("1")), Samples.kinesis("batch", "1", Samples.event("2")));

        assertThat(SampleHandler.isKnown(Samples.records(mixed).toString())).isFalse();
        assertThat(SampleHandler.isKnown("{\"hello\":\"world\"}")).isFalse();
        assertThat(SampleHandler.isKnown("{\"Records\":\"none\"}")).isFalse();
        assertThat(SampleHandler.isKnown("3")).isFalse();
    }
}
