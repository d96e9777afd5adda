package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.file.FileArrival;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends pushes of Google Cloud through the door. */
class PushesTest {

    @BeforeEach
    void reset() {
        TestFunctions.reset();
    }

    private static int pushed(String channel, String type, String contentType, String body) {
        return TestFunctions.push(
                "/channels/" + channel,
                body,
                "Content-Type",
                contentType,
                "ce-specversion",
                "1.0",
                "ce-id",
                "1",
                "ce-source",
                "//googleapis.com/p",
                "ce-type",
                type,
                "ce-subject",
                "acme");
    }

    @Test
    void countsAMessageOfAnUnwrappingSubscription() {
        int status = TestFunctions.push(
                "/channels/item",
                Samples.event("e", "acme").toString(),
                "X-Goog-Pubsub-Message-Id",
                "7",
                "X-Goog-Pubsub-Subscription-Name",
                "projects/p/subscriptions/s");

        assertThat(status).isEqualTo(204);
        assertThat(TestFunctions.COUNTED).containsExactly("e");
    }

    @Test
    void countsAnEventOfGoogleCloud() {
        assertThat(pushed("item", "google.cloud.audit.log.v1.written", "application/json", "{}"))
                .isEqualTo(204);
        assertThat(TestFunctions.COUNTED).containsExactly("1");
    }

    @Test
    void storesAnEventThatIsNotJsonAsADeadLetter() {
        String type = "google.cloud.firestore.document.v1.created";

        assertThat(pushed("item", type, "application/protobuf", "\n\u0001")).isEqualTo(204);
        assertThat(TestFunctions.parked()).extracting(DeadLetter::contentType).containsExactly("application/protobuf");
    }

    @Test
    void passesAStorageEventAsAFile() {
        String object = Samples.stored("inbox", "ü/a.csv").toString();

        assertThat(pushed("files", Samples.STORAGE + "finalized", "application/json", object))
                .isEqualTo(204);
        assertThat(TestFunctions.FILES)
                .containsExactly(new FileArrival("inbox", "ü/a.csv", "17", 5L, Instant.parse("2026-11-01T00:00:00Z")));
    }

    @Test
    void skipsADeletedObject() {
        String object = Samples.stored("inbox", "a.csv").toString();

        assertThat(pushed("files", Samples.STORAGE + "deleted", "application/json", object))
                .isEqualTo(204);
        assertThat(TestFunctions.FILES).isEmpty();
        assertThat(TestFunctions.parked()).isEmpty();
    }

    @Test
    void storesAStorageEventWithoutAnObjectAsADeadLetter() {
        assertThat(pushed("files", Samples.STORAGE + "finalized", "application/json", "{}"))
                .isEqualTo(204);
        assertThat(TestFunctions.parked()).extracting(DeadLetter::channel).containsExactly("files");
    }

    /** Without an acknowledgment, the message is redelivered after an operator has corrected the subscription. */
    @Test
    void doesNotAcknowledgeAStorageEventInAnEventChannel() {
        String object = Samples.stored("inbox", "a.csv").toString();

        assertThat(pushed("item", Samples.STORAGE + "finalized", "application/json", object))
                .isEqualTo(404);
        assertThat(TestFunctions.parked()).isEmpty();
    }
}
