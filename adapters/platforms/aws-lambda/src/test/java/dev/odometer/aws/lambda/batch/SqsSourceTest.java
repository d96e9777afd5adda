package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.Lab.WORLD;
import static dev.odometer.aws.lambda.batch.Lab.failures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.DeliverAgain;
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
    void forget() {
        WORLD.forget();
    }

    private static String send(JsonNode... records) {
        return Lab.send(Sent.records(List.of(records)), Deadline.NONE);
    }

    private static JsonNode message(String id, String body) {
        return Sent.sqs("batch", id, body);
    }

    private static JsonNode item(String id, String body) {
        return Sent.sqs("item", id, body);
    }

    @Test
    void countsABatch() {
        String answer = send(message("m1", Sent.event("1")), message("m2", Sent.event("2")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(WORLD.counted).containsExactly("1", "2");
    }

    @Test
    void reportsExactlyWhatHasToWait() {
        WORLD.failures.put("2", 1);

        String answer = send(item("m1", Sent.event("1")), item("m2", Sent.event("2")), item("m3", Sent.event("3")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
        assertThat(WORLD.counted).containsExactly("1", "3");
    }

    @Test
    void stopsAMessageGroupOfAFifoQueueAtItsFirstFailure() {
        WORLD.failures.put("1", 1);

        String answer = send(
                Sent.fifo("item", "m1", "a", Sent.event("1")),
                Sent.fifo("item", "m2", "b", Sent.event("2")),
                Sent.fifo("item", "m3", "a", "nonsense"),
                Sent.fifo("item", "m4", "a", Sent.event("4")));

        assertThat(answer).isEqualTo(failures("m1", "m3", "m4"));
        assertThat(WORLD.counted).containsExactly("2");
        assertThat(WORLD.parked).isEmpty();
    }

    @Test
    void keepsNoOrderInTheGroupsOfAStandardQueue() {
        WORLD.failures.put("1", 1);
        ObjectNode first = Sent.sqs("item", "m1", Sent.event("1"));
        ObjectNode second = Sent.sqs("item", "m2", Sent.event("2"));
        first.putObject("attributes").put("MessageGroupId", "tenant");
        second.putObject("attributes").put("MessageGroupId", "tenant");

        assertThat(send(first, second)).isEqualTo(failures("m1"));
        assertThat(WORLD.counted).containsExactly("2");
    }

    @Test
    void parksWhatCanNeverBeHandledWithItsReason() {
        String answer = send(message("m1", "nonsense"), message("m2", Sent.event("2")));

        assertThat(answer).isEqualTo(failures());
        DeadLetter parked = WORLD.parked.get(0);
        assertThat(parked.channel()).isEqualTo("batch");
        assertThat(parked.origin()).isEqualTo(Sent.arn("sqs", "batch"));
        assertThat(parked.id()).isEqualTo("m1");
        assertThat(parked.reason()).startsWith("invalid JSON at line 1");
        assertThat(new String(parked.body(), StandardCharsets.UTF_8)).isEqualTo("nonsense");
    }

    @Test
    void keepsWhatCouldNotBeParked() {
        WORLD.deadLetterFailures = 1;

        String answer = send(message("m1", Sent.event("1")), message("m2", Sent.event("2", "refused")));

        assertThat(answer).isEqualTo(failures("m2"));
        assertThat(WORLD.counted).containsExactly("1");
    }

    @Test
    void parksAMessageWithoutABodyAndCountsItsNeighbours() {
        JsonNode empty = Sent.sqs("batch", "m1", "").without("body");

        String answer = send(empty, message("m2", ""), message("m3", Sent.event("3")));

        assertThat(answer).isEqualTo(failures());
        assertThat(WORLD.parked).extracting(DeadLetter::id).containsExactly("m1", "m2");
        assertThat(WORLD.counted).containsExactly("3");
    }

    @Test
    void failsWholeWhereAMessageHasNoName() {
        JsonNode nameless = Sent.sqs("batch", "", Sent.event("1"));

        assertThatThrownBy(() -> send(message("m2", Sent.event("2")), nameless)).hasMessageContaining("messageId");
        assertThat(WORLD.counted).isEmpty();
    }

    @Test
    void failsWholeWhereTheBindingHasNoReports() {
        WORLD.failures.put("1", 1);
        JsonNode again = Sent.sqs("whole", "m1", Sent.event("1"));
        JsonNode poison = Sent.sqs("whole", "m2", "nonsense");

        assertThatThrownBy(() -> send(again, poison)).isInstanceOf(DeliverAgain.class);
        assertThat(WORLD.parked).isEmpty();
        assertThat(send(again, poison)).isEqualTo(failures());
        assertThat(WORLD.parked).hasSize(1);
    }

    @Test
    void failsWholeWhereParkingFailsAndTheBindingHasNoReports() {
        WORLD.deadLetterFailures = 1;

        assertThatThrownBy(() -> send(Sent.sqs("whole", "m1", "nonsense"))).isInstanceOf(DeliverAgain.class);
    }

    @Test
    void opensWhatSnsPassedOn() {
        String notification = Sent.notification("batch", "n1", Sent.event("1")).toString();

        assertThat(send(message("m1", notification))).isEqualTo(failures());
        assertThat(WORLD.counted).containsExactly("1");
    }

    @Test
    void opensWhatEventBridgePassedOn() {
        String event = Sent.bus("shop", "order", "{\"subject\":\"acme\"}").toString();

        assertThat(send(message("m1", event))).isEqualTo(failures());
        assertThat(WORLD.counted).containsExactly("b-1");
    }

    @Test
    void leavesACloudEventClosedThatLooksLikeAnEnvelope() {
        String event = Sent.notification("batch", "n1", Sent.event("inner")).toString();
        String cloudEvent = event.replaceFirst(
                "\\{",
                "{\"specversion\":\"1.0\",\"id\":\"outer\",\"source\":\"s\"," + "\"type\":\"t\",\"subject\":\"acme\",");

        assertThat(send(message("m1", cloudEvent))).isEqualTo(failures());
        assertThat(WORLD.counted).containsExactly("outer");
    }

    @Test
    void guessesNoEnvelopeFromSomeOfItsMembers() {
        String half = "{\"Type\":\"Notification\",\"Message\":\"{}\"}";

        assertThat(send(message("m1", half))).isEqualTo(failures());
        assertThat(WORLD.parked).hasSize(1);
        assertThat(WORLD.parked.get(0).body()).isEqualTo(half.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void leavesTimeForTheAnswer() {
        WORLD.millisPerEvent = 300;
        var batch = Sent.records(List.of(
                item("m1", Sent.event("1")),
                item("m2", Sent.event("2")),
                item("m3", Sent.event("3")),
                item("m4", Sent.event("4"))));
        long start = System.nanoTime();

        String answer = Lab.send(batch, Deadline.in(Duration.ofMillis(1300)));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1300));
        assertThat(answer).endsWith("{\"itemIdentifier\":\"m4\"}]}");
        assertThat(WORLD.counted).startsWith("1").doesNotContain("4");
    }

    @Test
    void keepsPoisonThereIsNoTimeToPark() {
        var batch = Sent.records(List.of(message("m1", "nonsense")));

        assertThat(Lab.send(batch, Deadline.in(Duration.ofMillis(100)))).isEqualTo(failures("m1"));
        assertThat(WORLD.parked).isEmpty();
    }

    @Test
    void refusesASourceThatNoSettingNames() {
        assertThatThrownBy(() -> send(Sent.sqs("other", "m1", Sent.event("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arn:aws:sqs:eu-west-1:123456789012:other")
                .hasMessageContaining("odometer.aws.channels.");
    }

    @Test
    void handlesABatchOfNothing() {
        assertThat(Lab.send("{\"Records\":[]}")).isEqualTo(failures());
        assertThat(Lab.send("[]")).isEqualTo(failures());
    }

    @Test
    void takesTheSameThroughPipes() {
        WORLD.failures.put("1", 1);
        var batch = Sent.array(List.of(item("m1", Sent.event("1")), item("m2", Sent.event("2"))));

        assertThat(Lab.send(batch, Deadline.NONE)).isEqualTo(failures("m1"));
    }

    @Test
    void knowsNoMixtureOfSources() {
        var mixed = List.of(message("m1", Sent.event("1")), Sent.kinesis("batch", "1", Sent.event("2")));

        assertThat(Lab.isKnown(Sent.records(mixed).toString())).isFalse();
        assertThat(Lab.isKnown("{\"hello\":\"world\"}")).isFalse();
        assertThat(Lab.isKnown("{\"Records\":\"none\"}")).isFalse();
        assertThat(Lab.isKnown("3")).isFalse();
    }
}
