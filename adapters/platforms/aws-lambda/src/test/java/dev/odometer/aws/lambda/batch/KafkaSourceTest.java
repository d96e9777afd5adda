package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.Lab.WORLD;
import static dev.odometer.aws.lambda.batch.Lab.failures;
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
    void forget() {
        WORLD.forget();
    }

    private static ObjectNode event(String partition, JsonNode... records) {
        return with(Sent.kafka(), partition, records);
    }

    private static ObjectNode with(ObjectNode event, String partition, JsonNode... records) {
        ((ObjectNode) event.path("records")).set(partition, Sent.array(List.of(records)));
        return event;
    }

    private static String send(JsonNode event) {
        return Lab.send(event, Deadline.NONE);
    }

    @Test
    void reportsTheFirstOfEachPartitionByNameAndOffset() {
        WORLD.failures.put("1", 1);
        WORLD.failures.put("4", 1);
        ObjectNode event = event(
                "item-0",
                Sent.kafkaRecord(100, Sent.event("0")),
                Sent.kafkaRecord(101, Sent.event("1")),
                Sent.kafkaRecord(102, Sent.event("2")));
        with(event, "item-1", Sent.kafkaRecord(7, Sent.event("3")));
        with(event, "item-2", Sent.kafkaRecord(9, Sent.event("4")));

        assertThat(Lab.JSON.readTree(send(event))).isEqualTo(Lab.JSON.readTree("""
                        {"batchItemFailures":[{"itemIdentifier":{"partition":"item-0","offset":101}},
                         {"itemIdentifier":{"partition":"item-2","offset":9}}]}
                        """));
        assertThat(WORLD.counted).containsExactly("0", "3");
    }

    @Test
    void readsBinaryModeFromSignedBytes() {
        ObjectNode record = Sent.kafkaRecord(1, "{\"n\":1}");
        record.set("headers", Lab.JSON.readTree("""
                [{"ce_specversion":[49,46,48]}, {"ce_id":[-61,-68]}, {"ce_source":[115]}, {"ce_type":[116]},
                 {"ce_subject":[97]}, {"content-type":[97,112,112,108,105,99,97,116,105,111,110,47,106,115,111,110]},
                 {"other":null}]
                """));

        assertThat(send(event("batch-0", record))).isEqualTo(failures());
        assertThat(WORLD.counted).containsExactly("ü");
        assertThat(WORLD.events.get(0).data()).containsKey("n");
    }

    @Test
    void passesOverTombstones() {
        ObjectNode none = Sent.object().put("offset", 1);
        ObjectNode nothing = Sent.object().put("offset", 2).putNull("value");

        assertThat(send(event("batch-0", none, nothing, Sent.kafkaRecord(3, Sent.event("3")))))
                .isEqualTo(failures());
        assertThat(WORLD.counted).containsExactly("3");
        assertThat(WORLD.parked).isEmpty();
    }

    @Test
    void parksWhatCannotBeReadByPartitionAndOffset() {
        ObjectNode value = Sent.object().put("offset", 1).put("value", "%%%");
        ObjectNode header = Sent.kafkaRecord(2, Sent.event("2"));
        header.set("headers", Lab.JSON.readTree("[{\"ce_id\":[500]}]"));

        assertThat(send(event("batch-0", value, header))).isEqualTo(failures());
        assertThat(WORLD.parked).extracting("id").containsExactly("batch-0@1", "batch-0@2");
        assertThat(WORLD.parked.get(0).origin()).isEqualTo("batch");
    }

    @Test
    void knowsOnesOwnCluster() {
        ObjectNode event = event("batch-0", Sent.kafkaRecord(1, Sent.event("1")));
        event.put("eventSource", "SelfManagedKafka")
                .put("bootstrapServers", "b:9092")
                .remove("eventSourceArn");

        assertThat(send(event)).isEqualTo(failures());
        assertThat(WORLD.counted).containsExactly("1");
    }

    @Test
    void failsWholeWhereARecordHasNoOffset() {
        ObjectNode nameless = Sent.object().put("value", Sent.base64(Sent.event("1")));

        assertThatThrownBy(() -> send(event("batch-0", nameless))).hasMessageContaining("batch-0");
    }

    @Test
    void handlesNoRecords() {
        assertThat(send(Sent.kafka())).isEqualTo(failures());
    }
}
