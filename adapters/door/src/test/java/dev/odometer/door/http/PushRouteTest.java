package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.DeadLetterStore.Stored;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PushRouteTest {

    @Configuration(proxyBeanMethods = false)
    @Import(Probes.class)
    static class Pushed {

        @Bean
        UnreliableStore deadLetters() {
            return new UnreliableStore();
        }

        @Bean
        Envelope box() {
            return item -> {
                String text = new String(item.body(), StandardCharsets.UTF_8);
                if (text.equals("broken box")) {
                    throw Refusal.invalid("the box is broken");
                }
                return text.equals("empty box")
                        ? Optional.of(new Envelope.Opened(Payload.EVENTS, "box", List.of()))
                        : Optional.empty();
            };
        }
    }

    /** A store that fails while the test makes it unavailable. */
    static final class UnreliableStore implements DeadLetters {

        private DeadLetterStore items = new InMemoryDeadLetterStore();
        private boolean isUnavailable;

        @Override
        public void store(List<DeadLetter> more) {
            if (isUnavailable) {
                throw new IllegalStateException("unavailable");
            }
            items.store(more);
        }
    }

    private static final ConfigurableApplicationContext CONTEXT = Doors.start(Pushed.class, "odometer.push=on");
    private static final HttpDoor DOOR = CONTEXT.getBean(HttpDoor.class);
    private static final UnreliableStore STORE = CONTEXT.getBean(UnreliableStore.class);

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @BeforeEach
    void clear() {
        Probes.CALLS.clear();
        STORE.items = new InMemoryDeadLetterStore();
        STORE.isUnavailable = false;
    }

    private static int push(String path, String body, String... headers) {
        return DOOR.handle(Doors.request("POST", path, body.getBytes(StandardCharsets.UTF_8), headers))
                .status();
    }

    private static String event(String subject) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject + "\"}";
    }

    private static List<DeadLetter> deadLetters() {
        return STORE.items.list("item", 0, 100).stream().map(Stored::item).toList();
    }

    @Test
    void processesAnEventInStructuredMode() {
        assertThat(push("/channels/item", event("u"), "Content-Type", "application/cloudevents+json"))
                .isEqualTo(204);
        assertThat(Probes.CALLS).hasSize(1);
    }

    private static int pushBinary(String subject) {
        return push(
                "/channels/item",
                "",
                "ce-specversion",
                "1.0",
                "ce-id",
                "1",
                "ce-source",
                "s",
                "ce-type",
                "t",
                "ce-subject",
                subject);
    }

    @Test
    void readsHeadersInUtf8() {
        assertThat(pushBinary(Headers.transmitted("Größe"))).isEqualTo(204);
        assertThat(Probes.CALLS.get(0).get(0).subject()).isEqualTo("Größe");
    }

    @Test
    void storesAnEventWithHeadersInAnotherEncodingAsADeadLetter() {
        assertThat(pushBinary("Größe")).isEqualTo(204);
        assertThat(Probes.CALLS).isEmpty();
        assertThat(deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly("the header ce-subject must be UTF-8 or percent-encoded: Größe");
    }

    @Test
    void processesAnEventInBinaryMode() {
        int status = push(
                "/channels/item",
                "{\"n\":1}",
                "Content-Type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "1",
                "ce-source",
                "s",
                "ce-type",
                "t",
                "ce-subject",
                "caf%C3%A9");

        assertThat(status).isEqualTo(204);
        assertThat(Probes.CALLS.get(0).get(0).subject()).isEqualTo("café");
    }

    @Test
    void processesABatchAndStoresPoisonAsDeadLetters() {
        String batch = "[" + event("a") + "," + event("invalid") + ",null," + event("b") + "]";

        assertThat(push("/channels/item", batch, "Content-Type", "application/cloudevents-batch+json"))
                .isEqualTo(204);
        assertThat(Probes.CALLS).hasSize(3);
        assertThat(deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly("that is wrong", "the JSON body must not be null");
        assertThat(new String(deadLetters().get(0).body(), StandardCharsets.UTF_8))
                .isEqualTo(event("invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{}", "[", "{\"id\":{}}", "broken box"})
    void storesUnreadableMessagesAsDeadLetters(String body) {
        assertThat(push("/channels/item", body, "Content-Type", "application/json"))
                .isEqualTo(204);
        assertThat(push("/channels/item", body)).isEqualTo(204);
        assertThat(deadLetters())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(Probes.CALLS).isEmpty();
    }

    @Test
    void storesAMalformedBatchAsOneDeadLetter() {
        assertThat(push("/channels/item", "[1,", "Content-Type", "application/cloudevents-batch+json"))
                .isEqualTo(204);
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void storesAnEventWithMalformedHeadersAsADeadLetter() {
        assertThat(push("/channels/item", "{}", "ce-id", "%zz")).isEqualTo(204);
        assertThat(deadLetters())
                .singleElement()
                .extracting(DeadLetter::attributes)
                .isEqualTo(Map.of("id", "%zz"));
    }

    @Test
    void storesARedeliveredDeadLetterOnce() {
        push("/channels/item", event("invalid"));
        push("/channels/item", event("invalid"));

        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void requestsRedeliveryOfFailedAndUnstoredMessages() {
        assertThat(push("/channels/item", event("unavailable"))).isEqualTo(503);
        assertThat(push("/channels/item", event("bug"))).isEqualTo(503);
        STORE.isUnavailable = true;
        assertThat(push("/channels/item", event("invalid"))).isEqualTo(503);
        assertThat(push("/channels/item", "broken box")).isEqualTo(503);
    }

    @Test
    void opensEnvelopes() {
        assertThat(push("/channels/item", "empty box")).isEqualTo(204);
        assertThat(Probes.CALLS).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void refusesAnUnknownOrAmbiguousChannel() {
        assertThat(push("/channels/other", event("u"))).isEqualTo(404);
        // There are three channels for events.
        assertThat(push("/", event("u"))).isEqualTo(404);
    }

    @Test
    void requiresNoKeyIfPushIsOpen() {
        String digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        try (var open = Doors.start(Pushed.class, "odometer.push=open", "odometer.api-keys=" + digest);
                var guarded = Doors.start(Pushed.class, "odometer.push=on", "odometer.api-keys=" + digest)) {
            var pushed = Doors.request("POST", "/channels/item", event("u").getBytes(StandardCharsets.UTF_8));
            var asked = Doors.request("GET", "/things/mine", new byte[0]);

            assertThat(open.getBean(HttpDoor.class).handle(pushed).status()).isEqualTo(204);
            assertThat(open.getBean(HttpDoor.class).handle(asked).status()).isEqualTo(401);
            assertThat(guarded.getBean(HttpDoor.class).handle(pushed).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({"off, OFF", "false, OFF", "'', OFF", "On, ON", "true, ON", "OPEN, OPEN"})
    void readsTheSetting(String word, DoorSettings.PushAccess set) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("odometer.push", word)));

        assertThat(DoorSettings.from(environment).push()).isEqualTo(set);
    }

    @Test
    void refusesOtherSettings() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("odometer.push", "all")));

        assertThatThrownBy(() -> DoorSettings.from(environment)).hasMessageContaining("off, on or open, but is: all");
    }

    @Test
    void isAbsentByDefault() {
        var request = Doors.request("POST", "/channels/item", event("u").getBytes(StandardCharsets.UTF_8));

        assertThat(Doors.HTTP.handle(request).status()).isEqualTo(404);
    }
}
