package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.SampleHandler.STATE;
import static dev.odometer.aws.lambda.batch.SampleHandler.failures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class StreamsTest {

    @BeforeEach
    void clear() {
        STATE.clear();
    }

    private static String send(JsonNode... records) {
        return SampleHandler.send(Samples.records(List.of(records)), Deadline.NONE);
    }

    private static ObjectNode change(String number, JsonNode image) {
        return Samples.dynamo("batch", number, image);
    }

    @Test
    void reportsTheFirstFailureOfAShardAndStoresNoDeadLettersBehindIt() {
        STATE.failures.put("2", 1);

        String answer = send(
                Samples.kinesis("item", "1", "nonsense"),
                Samples.kinesis("item", "2", Samples.event("2")),
                Samples.kinesis("item", "3", Samples.event("3")),
                Samples.kinesis("item", "4", "nonsense"));

        assertThat(answer).isEqualTo(failures("2"));
        assertThat(STATE.counted).isEmpty();
        assertThat(STATE.deadLetters).extracting(DeadLetter::id).containsExactly("1");
    }

    @Test
    void stopsAShardAtADeadLetterThatCannotBeStored() {
        STATE.deadLetterFailures = 1;

        String answer = send(
                Samples.kinesis("item", "1", Samples.event("1")),
                Samples.kinesis("item", "2", "nonsense"),
                Samples.kinesis("item", "3", Samples.event("3")));

        assertThat(answer).isEqualTo(failures("2"));
    }

    @Test
    void storesInvalidBase64AsADeadLetter() {
        ObjectNode record = Samples.kinesis("batch", "1", "");
        ((ObjectNode) record.path("kinesis")).put("data", "%%%");

        assertThat(send(record, Samples.kinesis("batch", "2", Samples.event("2"))))
                .isEqualTo(failures());
        assertThat(STATE.deadLetters.get(0).reason()).isEqualTo("data is not Base64");
        assertThat(STATE.deadLetters.get(0).body()).asString().isEqualTo("%%%");
        assertThat(STATE.counted).containsExactly("2");
    }

    /** A sequence number is unique only within its shard. */
    @Test
    void identifiesDeadLettersByShardAndSequenceNumber() {
        ObjectNode record = Samples.kinesis("batch", "1", "nonsense").put("eventID", "shardId-000000000006:1");
        ObjectNode change = change("2", Samples.object()).put("eventID", "c4ca4238a0b923820dcc509a6f75849b");

        send(record);
        send(change);

        assertThat(STATE.deadLetters)
                .extracting(DeadLetter::id)
                .containsExactly("shardId-000000000006:1", "c4ca4238a0b923820dcc509a6f75849b");
    }

    @Test
    void readsFlatRecordsFromPipes() {
        ObjectNode record = Samples.kinesis("item", "1", Samples.event("1"));
        record.setAll((ObjectNode) record.remove("kinesis"));

        assertThat(SampleHandler.send(Samples.array(List.of(record)), Deadline.NONE))
                .isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("1");
    }

    @Test
    void readsAnOutboxTable() {
        ObjectNode image = Samples.image(Samples.event("1"));
        image.set("data", SampleHandler.JSON.readTree("""
                {"M": {"tokens": {"N": "0.10"}, "tags": {"SS": ["a"]}, "sizes": {"NS": ["1", "2.5"]}, "on": {"BOOL": true},
                 "none": {"NULL": true}, "parts": {"L": [{"S": "x"}, {"M": {}}]}}}
                """));

        assertThat(send(change("1", image))).isEqualTo(failures());
        Map<String, Object> data = STATE.events.get(0).data();
        assertThat(data).containsEntry("tokens", new BigDecimal("0.10")).containsEntry("on", true);
        assertThat(data).containsEntry("tags", List.of("a")).containsEntry("parts", List.of("x", Map.of()));
        assertThat(data.get("sizes")).asString().isEqualTo("[1, 2.5]");
        assertThat(data).containsEntry("none", null);
    }

    @Test
    void ignoresRemovals() {
        ObjectNode removal = change("1", Samples.object()).put("eventName", "REMOVE");

        assertThat(send(removal)).isEqualTo(failures());
        assertThat(STATE.deadLetters).isEmpty();
    }

    @Test
    void storesUnreadableImagesAsDeadLetters() {
        JsonNode number = SampleHandler.JSON.readTree("{\"n\":{\"N\":\"many\"}}");
        JsonNode type = SampleHandler.JSON.readTree("{\"n\":{\"X\":\"1\"}}");
        JsonNode plain = SampleHandler.JSON.readTree("{\"n\":1}");
        ObjectNode keysOnly = change("4", Samples.object());
        ((ObjectNode) keysOnly.path("dynamodb")).remove("NewImage");

        assertThat(send(change("1", number), change("2", type), change("3", plain), keysOnly))
                .isEqualTo(failures());
        assertThat(STATE.deadLetters)
                .extracting(DeadLetter::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("many"),
                        reason -> assertThat(reason).contains("unknown type: X"),
                        reason -> assertThat(reason).contains("not a typed value"),
                        reason -> assertThat(reason).contains("must include new images"));
    }

    @Test
    void failsTheInvocationIfARecordHasNoSequenceNumber() {
        ObjectNode nameless = Samples.kinesis("batch", "", Samples.event("1"));

        assertThatThrownBy(() -> send(nameless)).hasMessageContaining("sequenceNumber");
    }
}
