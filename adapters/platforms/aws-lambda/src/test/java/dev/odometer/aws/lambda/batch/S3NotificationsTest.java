package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.Lab.WORLD;
import static dev.odometer.aws.lambda.batch.Lab.failures;
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
    void forget() {
        WORLD.forget();
    }

    private static JsonNode notice(String name) {
        return Sent.records(List.of(Sent.s3(name, "inbox", "a+b/%C3%BC%2B1.csv")));
    }

    private static String queued(String body) {
        return Lab.send(Sent.records(List.of(Sent.sqs("batch", "m1", body))), Deadline.NONE);
    }

    @Test
    void arriveDirectly() {
        assertThat(Lab.send(notice("ObjectCreated:Put"), Deadline.NONE)).isEmpty();
        assertThat(WORLD.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughAQueue() {
        assertThat(queued(notice("ObjectCreated:CompleteMultipartUpload").toString()))
                .isEqualTo(failures());
        assertThat(WORLD.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughATopicAndAQueue() {
        String notification = Sent.notification(
                        "t", "n1", notice("ObjectCreated:Copy").toString())
                .toString();

        assertThat(queued(notification)).isEqualTo(failures());
        assertThat(WORLD.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughATopic() {
        var record = Sent.sns("t", "n1", notice("ObjectCreated:Put").toString());

        assertThat(Lab.send(Sent.records(List.of(record)), Deadline.NONE)).isEmpty();
        assertThat(WORLD.files).containsExactly(ARRIVAL);
    }

    @Test
    void arriveThroughEventBridgeWithTheirKeysAsTheyAre() {
        var event = Sent.bus("aws.s3", "Object Created", """
                {"bucket":{"name":"inbox"},"object":{"key":"a+b%20c.csv","size":12,"etag":"e1","version-id":"v1"}}
                """);

        assertThat(Lab.send(event, Deadline.NONE)).isEmpty();
        assertThat(WORLD.files)
                .containsExactly(
                        new FileArrival("inbox", "a+b%20c.csv", "v1", 12L, Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void areNothingToDoWhenTheyLeaveOrAreTested() {
        String test = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"inbox\"}";

        assertThat(Lab.send(notice("ObjectRemoved:Delete"), Deadline.NONE)).isEmpty();
        assertThat(Lab.send(Sent.bus("aws.s3", "Object Deleted", "{}"), Deadline.NONE))
                .isEmpty();
        assertThat(queued(test)).isEqualTo(failures());
        assertThat(Lab.send(test)).isEqualTo(failures());
        assertThat(WORLD.files).isEmpty();
        assertThat(WORLD.parked).isEmpty();
    }

    @Test
    void areParkedWhereTheNoticeCannotBeRead() {
        ObjectNode keyless = Sent.s3("ObjectCreated:Put", "inbox", "%zz");

        assertThat(Lab.send(Sent.records(List.of(keyless)), Deadline.NONE)).isEmpty();
        assertThat(WORLD.parked).hasSize(1);
        assertThat(WORLD.parked.get(0).channel()).isEqualTo("files");
    }

    @Test
    void areSeveralItemsOfOneMessage() {
        var two = Sent.records(
                List.of(Sent.s3("ObjectCreated:Put", "inbox", "a"), Sent.s3("ObjectCreated:Put", "inbox", "%zz")));

        assertThat(queued(two.toString())).isEqualTo(failures());
        assertThat(WORLD.files).extracting(FileArrival::key).containsExactly("a");
        assertThat(WORLD.parked).extracting("id").containsExactly("m1#1");
    }
}
