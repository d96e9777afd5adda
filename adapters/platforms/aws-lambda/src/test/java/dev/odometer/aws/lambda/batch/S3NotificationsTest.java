package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.SampleHandler.STATE;
import static dev.odometer.aws.lambda.batch.SampleHandler.failures;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileArrival;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class S3NotificationsTest {

    private static final FileArrival ARRIVAL =
            new FileArrival("inbox", "a b/ü+1.csv", "e1", 12L, Instant.parse("2026-01-01T00:00:00.123Z"));

    @BeforeEach
    void clear() {
        STATE.clear();
    }

    private static JsonNode notice(String name) {
        return Samples.records(List.of(Samples.s3(name, "inbox", "a+b/%C3%BC%2B1.csv")));
    }

    private static String queued(String body) {
        return SampleHandler.send(Samples.records(List.of(Samples.sqs("batch", "m1", body))), Deadline.NONE);
    }

    @Test
    void arriveDirectly() {
        assertThat(SampleHandler.send(notice("ObjectCreated:Put"), Deadline.NONE))
                .isEmpty();
        assertThat(STATE.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughAQueue() {
        assertThat(queued(notice("ObjectCreated:CompleteMultipartUpload").toString()))
                .isEqualTo(failures());
        assertThat(STATE.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughATopicAndAQueue() {
        String notification = Samples.notification(
                        "t", "n1", notice("ObjectCreated:Copy").toString())
                .toString();

        assertThat(queued(notification)).isEqualTo(failures());
        assertThat(STATE.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughATopic() {
        var record = Samples.sns("t", "n1", notice("ObjectCreated:Put").toString());

        assertThat(SampleHandler.send(Samples.records(List.of(record)), Deadline.NONE))
                .isEmpty();
        assertThat(STATE.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughEventBridgeWithUnencodedKeys() {
        var event = Samples.bus("aws.s3", "Object Created", """
                {"bucket":{"name":"inbox"},"object":{"key":"a+b%20c.csv","size":12,"etag":"e1","version-id":"v1"}}
                """);

        assertThat(SampleHandler.send(event, Deadline.NONE)).isEmpty();
        assertThat(STATE.files)
                .containsExactly(
                        new FileArrival("inbox", "a+b%20c.csv", "v1", 12L, Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void areIgnoredForDeletionsAndTests() {
        String test = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"inbox\"}";

        assertThat(SampleHandler.send(notice("ObjectRemoved:Delete"), Deadline.NONE))
                .isEmpty();
        assertThat(SampleHandler.send(Samples.bus("aws.s3", "Object Deleted", "{}"), Deadline.NONE))
                .isEmpty();
        assertThat(queued(test)).isEqualTo(failures());
        assertThat(SampleHandler.send(test)).isEqualTo(failures());
        assertThat(STATE.files).isEmpty();
        assertThat(STATE.deadLetters).isEmpty();
    }

    @Test
    void becomeDeadLettersIfUnreadable() {
        ObjectNode keyless = Samples.s3("ObjectCreated:Put", "inbox", "%zz");

        assertThat(SampleHandler.send(Samples.records(List.of(keyless)), Deadline.NONE))
                .isEmpty();
        assertThat(STATE.deadLetters).hasSize(1);
        assertThat(STATE.deadLetters.get(0).channel()).isEqualTo("files");
    }

    @Test
    void becomeSeveralItemsOfOneMessage() {
        var two = Samples.records(List.of(
                Samples.s3("ObjectCreated:Put", "inbox", "a"), Samples.s3("ObjectCreated:Put", "inbox", "%zz")));

        assertThat(queued(two.toString())).isEqualTo(failures());
        assertThat(STATE.files).extracting(FileArrival::key).containsExactly("a");
        assertThat(STATE.deadLetters).extracting("id").containsExactly("m1#1");
    }
}
