package dev.odometer.door.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The required attributes are checked for every type of event, in every mode. */
class CloudEventsTest {

    private static final Json JSON = new Json();
    private static final String VALID = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}";

    /** Has all required attributes, and is bound without a tree. */
    record Complete(String specversion, String id, String source, String type, Map<String, Object> data) {}

    /** Has one of them. */
    record Few(String id, Map<String, Object> data) {}

    static Stream<CloudEvents> readers() {
        return Stream.of(Complete.class, Few.class, Map.class).map(type -> new CloudEvents(JSON, JSON.type(type)));
    }

    private static Stream<Arguments> with(List<List<String>> cases) {
        return readers().flatMap(reader -> cases.stream().map(one -> Arguments.of(reader, one.get(0), one.get(1))));
    }

    static Stream<Arguments> invalid() {
        return with(List.of(
                List.of("{\"orderId\":\"77\"}", "specversion is required"),
                List.of("{}", "specversion is required"),
                List.of(VALID.replace("\"id\":\"1\",", ""), "id is required"),
                List.of(VALID.replace("\"s\"", "null"), "source is required"),
                List.of(VALID.replace("\"t\"", "\"\""), "type must not be empty"),
                List.of(VALID.replace("1.0", "0.3"), "specversion must be 1.0: 0.3")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void namesTheAttribute(CloudEvents reader, String event, String reason) {
        assertThatThrownBy(() -> reader.structured(bytes(event)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> reader.batch(bytes("[" + VALID + "," + event + "]")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("[1]." + reason);
        assertThatThrownBy(() -> reader.lines(bytes(VALID + "\n" + event)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void refusesAttributesThatAreNotTexts(CloudEvents reader) {
        assertThatThrownBy(() -> reader.structured(bytes(VALID.replace("\"1\"", "1"))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("id must be a string");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void readsEventsWithAllOfThem(CloudEvents reader) {
        assertThat(reader.structured(bytes(VALID))).hasSize(1);
        assertThat(reader.batch(bytes("[" + VALID + "," + VALID + "]"))).hasSize(2);
        assertThat(reader.lines(bytes(VALID + "\n\n" + VALID + "\n"))).hasSize(2);
        assertThat(reader.binary(
                        Map.of("specversion", "1.0", "id", "1", "source", "s", "type", "t"), null, bytes("{}")))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void checksThemInBinaryMode(CloudEvents reader) {
        assertThatThrownBy(() -> reader.binary(Map.of("specversion", "1.0", "id", "1"), null, bytes("{}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("source is required");
    }

    @Test
    void decodesDataOfEventsWithFewComponents() {
        String event = VALID.replace("}", ",\"data_base64\":\"eyJhIjoxfQ==\"}");

        Few few = (Few) new CloudEvents(JSON, JSON.type(Few.class))
                .structured(bytes(event))
                .get(0);

        assertThat(few.data()).containsOnlyKeys("a");
    }

    @Provide
    static Arbitrary<Map<String, String>> events() {
        Arbitrary<String> names =
                Arbitraries.of("specversion", "id", "source", "type", "subject", "time", "data", "data_base64", "x");
        Arbitrary<String> values =
                Arbitraries.of("\"1.0\"", "\"a\"", "\"\"", "1", "null", "{}", "[]", "{\"a\":[1]}", "true", "\"e30=\"");
        return Arbitraries.maps(names, values).ofMaxSize(9);
    }

    /** Any document is an event with all attributes, or a refusal. */
    @Property
    void acceptsOnlyCompleteEvents(@ForAll("events") Map<String, String> members) {
        var fields = new TreeMap<>(members);
        String document = fields.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        boolean isComplete = "\"1.0\"".equals(fields.get("specversion"))
                && Stream.of("id", "source", "type")
                        .allMatch(name -> fields.getOrDefault(name, "").startsWith("\"")
                                && !fields.getOrDefault(name, "").equals("\"\""));
        readers().forEach(reader -> {
            for (String body : List.of("{" + document + "}", "[{" + document + "}]")) {
                try {
                    assertThat(reader.plain(bytes(body))).hasSize(1);
                    assertThat(isComplete).as(body).isTrue();
                } catch (Refusal refused) {
                    assertThat(refused.detail()).isNotBlank();
                }
            }
        });
    }
}
