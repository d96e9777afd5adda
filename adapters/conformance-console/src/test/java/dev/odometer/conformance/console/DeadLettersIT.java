package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Messages that could not be processed, on a service of its own that has none at first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadLettersIT extends InBrowser {

    private static final class Own {
        private static final ConsoleServer SERVER = ConsoleServer.own();
    }

    @Override
    ConsoleServer server() {
        return Own.SERVER;
    }

    private void store(String channel, String id, String reason, String body) {
        var item = new DeadLetter(
                channel,
                "arn:aws:sqs:eu-central-1:123456789012:" + channel,
                id,
                reason,
                null,
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        server().context().getBean(DeadLetterStore.class).store(List.of(item));
    }

    @Test
    @Order(1)
    void saysThatThereAreNone() {
        open("#/events", "Events");

        click("Dead letters");

        heading("Dead letters");
        see("There are no dead letters in the database. Every message was processed.");
        accessible();
    }

    @Test
    @Order(2)
    void showsTheReasonAndTheMessage() {
        store("files", "f-1", "the file does not exist: <b>calls.csv</b>", "{\"key\":\"calls.csv\"}");
        store("usage", "m-1", "subject is required", "{\"type\":\"prompt\",\"id\":\"7\"}");
        store("usage", "m-2", "not JSON", "half a mess" + "x".repeat(5000));

        open("#/events/dead-letters", "Dead letters");
        see("usage subject is required m-1");
        see("files the file does not exist: <b>calls.csv</b> f-1");
        click("m-1");
        click("m-2");

        see("\"type\": \"prompt\"");
        see("5,011 bytes, of which the first 4,096 are shown");
        accessible();
        pictures("dead-letters");
        assertThat(complaints()).isEmpty();
    }

    @Test
    @Order(3)
    void filtersInTheAddress() {
        open("#/events/dead-letters", "Dead letters");

        type("Channel", "usage");
        type("Reason contains", "subject");
        click("Apply filters");
        seeNot("not JSON");
        see("subject is required");
        assertThat(driver().getCurrentUrl()).contains("channel=usage").contains("reason=subject");
        type("Reason contains", "nothing");
        click("Apply filters");
        see("No dead letter matches these filters.");

        driver().navigate().back();
        see("subject is required");
        click("Clear filters");
        see("not JSON");
    }

    @Test
    @Order(4)
    void showsThoseOfAMeter() {
        api("POST", "/api/v1/meters", "{\"slug\":\"prompts\",\"aggregation\":\"COUNT\",\"eventType\":\"prompt\"}");
        store("usage", "m-3", "time is not RFC 3339", "{\"type\":\"other\"}");

        open("#/meters/prompts", "prompts");

        see("Messages not stored");
        see("usage subject is required m-1");
        see("usage not JSON m-2");
        assertThat(text()).doesNotContain("m-3").doesNotContain("f-1");
        accessible();
        pictures("meter-dead-letters");
        open("", "Overview");
        see("Dead letters usage: time is not RFC 3339 4");
    }

    @Test
    @Order(5)
    void continuesAfterAFullPage() {
        IntStream.range(0, 50).forEach(i -> store("usage", "more-" + i, "more", "{}"));
        open("#/events/dead-letters", "Dead letters");
        see("more-49");
        seeNot("m-3");

        click("Older dead letters");
        see("m-3");
        seeNot("more-49");

        click("Latest dead letters");
        see("more-49");
    }
}
