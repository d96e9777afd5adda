package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.SampleHandler.STATE;
import static dev.odometer.aws.lambda.batch.SampleHandler.failures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.binding.Deadline;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class KafkaSourceTest {

    @BeforeEach
    void clear() {
        STATE.clear();
    }

    private static ObjectNode event(String partition, JsonNode... records) {
        return with(Samples.kafka(), partition, records);
    }

    private static ObjectNode with(ObjectNode event, String partition, JsonNode... records) {
        ((ObjectNode) event.path("records")).set(partition, Samples.array(List.of(records)));
        return event;
    }

    private static String send(JsonNode event) {
        return SampleHandler.send(event, Deadline.NONE);
    }

    @Test
    void reportsTheFirstFailureOfEachPartition() {
        STATE.failures.put("1", 1);
        STATE.failures.put("4", 1);
        ObjectNode event = event(
                "item-0",
                Samples.kafkaRecord(100, Samples.event("0")),
                Samples.kafkaRecord(101, Samples.event("1")),
                Samples.kafkaRecord(102, Samples.event("2")));
        with(event, "item-1", Samples.kafkaRecord(7, Samples.event("3")));
        with(event, "item-2", Samples.kafkaRecord(9, Samples.event("4")));

        assertThat(SampleHandler.JSON.readTree(send(event))).isEqualTo(SampleHandler.JSON.readTree("""
                        {"batchItemFailures":[{"itemIdentifier":{"partition":"item-0","offset":101}},
                         {"itemIdentifier":{"partition":"item-2","offset":9}}]}
                        """));
        assertThat(STATE.counted).containsExactly("0", "3");
    }

    @Test
    void readsBinaryModeFromSignedBytes() {
        ObjectNode record = Samples.kafkaRecord(1, "{\"n\":1}");
        record.set("headers", SampleHandler.JSON.readTree("""
                [{"ce_specversion":[49,46,48]}, {"ce_id":[-61,-68]}, {"ce_source":[115]}, {"ce_type":[116]},
                 {"ce_subject":[97]}, {"content-type":[97,112,112,108,105,99,97,116,105,111,110,47,106,115,111,110]},
                 {"other":null}]
                """));

        assertThat(send(event("batch-0", record))).isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("ü");
        assertThat(STATE.events.get(0).data()).containsKey("n");
    }

    /** The Kafka protocol binding of CloudEvents, 3.2.2. */
    @Test
    void countsEventsWithoutData() {
        ObjectNode none = Samples.object().put("offset", 1);
        none.set("headers", binary("1"));
        ObjectNode nothing = Samples.object().put("offset", 2).putNull("value");
        nothing.set("headers", binary("2"));
        ObjectNode empty = Samples.kafkaRecord(3, "");
        empty.set("headers", binary("3"));

        assertThat(send(event("batch-0", none, nothing, empty))).isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("1", "2", "3");
        assertThat(STATE.events).allSatisfy(event -> assertThat(event.data()).isNull());
    }

    private static JsonNode binary(String id) {
        return Samples.array(List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", id),
                header("ce_source", "s"),
                header("ce_type", "t"),
                header("ce_subject", "a")));
    }

    private static JsonNode header(String name, String value) {
        ObjectNode header = Samples.object();
        value.chars().forEach(c -> header.withArrayProperty(name).add(c));
        return header;
    }

    @Test
    void storesARecordWithAHeaderThatIsNotUtf8AsADeadLetter() {
        ObjectNode record = Samples.kafkaRecord(1, Samples.event("1"));
        record.set("headers", SampleHandler.JSON.readTree("[{\"ce_id\":[-10]}]"));

        assertThat(send(event("batch-0", record))).isEqualTo(failures());
        assertThat(STATE.deadLetters).extracting("reason").containsExactly("the header ce_id is not UTF-8");
        assertThat(STATE.deadLetters.get(0).body()).asString().isEqualTo(Samples.event("1"));
    }

    @Test
    void ignoresTombstones() {
        ObjectNode none = Samples.object().put("offset", 1);
        ObjectNode nothing = Samples.object().put("offset", 2).putNull("value");

        assertThat(send(event("batch-0", none, nothing, Samples.kafkaRecord(3, Samples.event("3")))))
                .isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("3");
        assertThat(STATE.deadLetters).isEmpty();
    }

    @Test
    void storesUnreadableRecordsAsDeadLettersWithPartitionAndOffset() {
        ObjectNode value = Samples.object().put("offset", 1).put("value", "%%%");
        ObjectNode header = Samples.kafkaRecord(2, Samples.event("2"));
        header.set("headers", SampleHandler.JSON.readTree("[{\"ce_id\":[500]}]"));

        assertThat(send(event("batch-0", value, header))).isEqualTo(failures());
        assertThat(STATE.deadLetters).extracting("id").containsExactly("batch-0@1", "batch-0@2");
        assertThat(STATE.deadLetters.get(0).origin()).isEqualTo(Samples.arn("kafka", "cluster/c/1") + "/batch");
    }

    @Test
    void acceptsASelfManagedCluster() {
        ObjectNode event = event("batch-0", Samples.kafkaRecord(1, Samples.event("1")));
        event.put("eventSource", "SelfManagedKafka")
                .put("bootstrapServers", "b:9092")
                .remove("eventSourceArn");

        assertThat(send(event)).isEqualTo(failures());
        assertThat(STATE.counted).containsExactly("1");
    }

    @Test
    void storesDeadLettersOfASelfManagedClusterUnderItsServers() {
        ObjectNode event = event("batch-0", Samples.kafkaRecord(1, "nonsense"));
        event.put("eventSource", "SelfManagedKafka")
                .put("bootstrapServers", "b:9092, a:9092")
                .remove("eventSourceArn");

        send(event);

        assertThat(STATE.deadLetters.get(0).origin()).isEqualTo("a:9092,b:9092/batch");
    }

    @Test
    void failsTheInvocationIfARecordHasNoOffset() {
        ObjectNode nameless = Samples.object().put("value", Samples.base64(Samples.event("1")));

        assertThatThrownBy(() -> send(event("batch-0", nameless))).hasMessageContaining("batch-0");
    }

    @Test
    void acceptsAnEmptyBatch() {
        assertThat(send(Samples.kafka())).isEqualTo(failures());
    }
}
