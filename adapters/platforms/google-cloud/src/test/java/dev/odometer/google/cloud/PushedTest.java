package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.file.FileArrival;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Google Cloud pushes, through the door. */
class PushedTest {

    @BeforeEach
    void forget() {
        World.forget();
    }

    private static int pushed(String channel, String type, String contentType, String body) {
        return World.push(
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
    void isCountedFromASubscriptionThatUnwraps() {
        int status = World.push(
                "/channels/item",
                Sent.event("e", "acme").toString(),
                "X-Goog-Pubsub-Message-Id",
                "7",
                "X-Goog-Pubsub-Subscription-Name",
                "projects/p/subscriptions/s");

        assertThat(status).isEqualTo(204);
        assertThat(World.COUNTED).containsExactly("e");
    }

    @Test
    void isCountedWhenItIsAnEventThatGoogleCloudMakes() {
        assertThat(pushed("item", "google.cloud.audit.log.v1.written", "application/json", "{}"))
                .isEqualTo(204);
        assertThat(World.COUNTED).containsExactly("1");
    }

    @Test
    void isParkedWhenItIsNoJson() {
        String type = "google.cloud.firestore.document.v1.created";

        assertThat(pushed("item", type, "application/protobuf", "\n\u0001")).isEqualTo(204);
        assertThat(World.parked()).extracting(DeadLetter::contentType).containsExactly("application/protobuf");
    }

    @Test
    void isAFileInAChannelOfFiles() {
        String object = Sent.stored("inbox", "ü/a.csv").toString();

        assertThat(pushed("files", Sent.STORAGE + "finalized", "application/json", object))
                .isEqualTo(204);
        assertThat(World.FILES)
                .containsExactly(new FileArrival("inbox", "ü/a.csv", "17", 5L, Instant.parse("2026-11-01T00:00:00Z")));
    }

    @Test
    void isNothingToDoWhenAFileIsDeleted() {
        String object = Sent.stored("inbox", "a.csv").toString();

        assertThat(pushed("files", Sent.STORAGE + "deleted", "application/json", object))
                .isEqualTo(204);
        assertThat(World.FILES).isEmpty();
        assertThat(World.parked()).isEmpty();
    }

    @Test
    void isParkedInTheChannelOfFilesWhenItNamesNone() {
        assertThat(pushed("files", Sent.STORAGE + "finalized", "application/json", "{}"))
                .isEqualTo(204);
        assertThat(World.parked()).extracting(DeadLetter::channel).containsExactly("files");
    }

    /** Not acknowledged, so that it comes again when somebody has mended the subscription. */
    @Test
    void isNotAcknowledgedInAChannelOfSomethingElse() {
        String object = Sent.stored("inbox", "a.csv").toString();

        assertThat(pushed("item", Sent.STORAGE + "finalized", "application/json", object))
                .isEqualTo(404);
        assertThat(World.parked()).isEmpty();
    }
}
