package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.Lab.WORLD;
import static dev.odometer.aws.lambda.batch.Lab.failures;
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
    void forget() {
        WORLD.forget();
    }

    private static String send(JsonNode... records) {
        return Lab.send(Sent.records(List.of(records)), Deadline.NONE);
    }

    private static ObjectNode change(String number, JsonNode image) {
        return Sent.dynamo("batch", number, image);
    }

    @Test
    void reportsTheFirstOfAShardThatHasToWaitAndParksNothingBehindIt() {
        WORLD.failures.put("2", 1);

        String answer = send(
                Sent.kinesis("item", "1", "nonsense"),
                Sent.kinesis("item", "2", Sent.event("2")),
                Sent.kinesis("item", "3", Sent.event("3")),
                Sent.kinesis("item", "4", "nonsense"));

        assertThat(answer).isEqualTo(failures("2"));
        assertThat(WORLD.counted).isEmpty();
        assertThat(WORLD.parked).extracting(DeadLetter::id).containsExactly("1");
    }

    @Test
    void stopsAShardAtWhatCouldNotBeParked() {
        WORLD.deadLetterFailures = 1;

        String answer = send(
                Sent.kinesis("item", "1", Sent.event("1")),
                Sent.kinesis("item", "2", "nonsense"),
                Sent.kinesis("item", "3", Sent.event("3")));

        assertThat(answer).isEqualTo(failures("2"));
    }

    @Test
    void parksDataThatIsNoBase64() {
        ObjectNode record = Sent.kinesis("batch", "1", "");
        ((ObjectNode) record.path("kinesis")).put("data", "%%%");

        assertThat(send(record, Sent.kinesis("batch", "2", Sent.event("2")))).isEqualTo(failures());
        assertThat(WORLD.parked.get(0).reason()).isEqualTo("data is not Base64");
        assertThat(WORLD.parked.get(0).body()).asString().isEqualTo("%%%");
        assertThat(WORLD.counted).containsExactly("2");
    }

    @Test
    void readsRecordsThatPipesHasFlattened() {
        ObjectNode record = Sent.kinesis("item", "1", Sent.event("1"));
        record.setAll((ObjectNode) record.remove("kinesis"));

        assertThat(Lab.send(Sent.array(List.of(record)), Deadline.NONE)).isEqualTo(failures());
        assertThat(WORLD.counted).containsExactly("1");
    }

    @Test
    void readsAnOutboxTable() {
        ObjectNode image = Sent.image(Sent.event("1"));
        image.set("data", Lab.JSON.readTree("""
                {"M": {"tokens": {"N": "0.10"}, "tags": {"SS": ["a"]}, "sizes": {"NS": ["1", "2.5"]}, "on": {"BOOL": true},
                 "none": {"NULL": true}, "parts": {"L": [{"S": "x"}, {"M": {}}]}}}
                """));

        assertThat(send(change("1", image))).isEqualTo(failures());
        Map<String, Object> data = WORLD.events.get(0).data();
        assertThat(data).containsEntry("tokens", new BigDecimal("0.10")).containsEntry("on", true);
        assertThat(data).containsEntry("tags", List.of("a")).containsEntry("parts", List.of("x", Map.of()));
        assertThat(data.get("sizes")).asString().isEqualTo("[1, 2.5]");
        assertThat(data).containsEntry("none", null);
    }

    @Test
    void passesOverRemovals() {
        ObjectNode removal = change("1", Sent.object()).put("eventName", "REMOVE");

        assertThat(send(removal)).isEqualTo(failures());
        assertThat(WORLD.parked).isEmpty();
    }

    @Test
    void parksImagesThatCannotBeRead() {
        JsonNode number = Lab.JSON.readTree("{\"n\":{\"N\":\"many\"}}");
        JsonNode type = Lab.JSON.readTree("{\"n\":{\"X\":\"1\"}}");
        JsonNode plain = Lab.JSON.readTree("{\"n\":1}");
        ObjectNode keysOnly = change("4", Sent.object());
        ((ObjectNode) keysOnly.path("dynamodb")).remove("NewImage");

        assertThat(send(change("1", number), change("2", type), change("3", plain), keysOnly))
                .isEqualTo(failures());
        assertThat(WORLD.parked)
                .extracting(DeadLetter::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("many"),
                        reason -> assertThat(reason).contains("unknown type: X"),
                        reason -> assertThat(reason).contains("not a typed value"),
                        reason -> assertThat(reason).contains("show new images"));
    }

    @Test
    void failsWholeWhereARecordHasNoSequenceNumber() {
        ObjectNode nameless = Sent.kinesis("batch", "", Sent.event("1"));

        assertThatThrownBy(() -> send(nameless)).hasMessageContaining("sequenceNumber");
    }
}
