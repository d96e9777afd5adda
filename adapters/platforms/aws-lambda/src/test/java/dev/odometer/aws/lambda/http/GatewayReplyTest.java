package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;

/** Each gateway passes on the door's reply, with each header once; joined if the gateway does not support lists. */
class GatewayReplyTest {

    @Property(tries = 500)
    void keepsTheStatus(@ForAll Gateway gateway, @ForAll @IntRange(min = 200, max = 599) int status) {
        assertThat(written(gateway, status, Headers.NONE).path("statusCode").intValue())
                .isEqualTo(status);
    }

    @Property(tries = 500)
    void keepsTheHeaders(@ForAll Gateway gateway, @ForAll("replies") Headers headers) {
        var sent = sent(written(gateway, 200, headers));

        var names = new ArrayList<String>();
        headers.forEach((name, value) -> names.add(name));
        assertThat(sent.keySet()).containsExactlyInAnyOrderElementsOf(List.copyOf(new TreeSet<>(names)));
        names.forEach(name ->
                assertThat(sent.get(name)).containsExactlyInAnyOrderElementsOf(expected(gateway, headers, name)));
    }

    @Property(tries = 500)
    void writesOnlySupportedMembers(@ForAll Gateway gateway, @ForAll("replies") Headers headers) {
        JsonNode answer = written(gateway, 200, headers);

        assertThat(answer.has("cookies") && !joins(gateway)).isFalse();
        assertThat(answer.has("multiValueHeaders") && (joins(gateway) || gateway == Gateway.BALANCER_SINGLE))
                .isFalse();
        assertThat(answer.has("headers") && gateway == Gateway.BALANCER_MULTI).isFalse();
    }

    private static boolean joins(Gateway gateway) {
        return gateway == Gateway.HTTP_2 || gateway == Gateway.URL;
    }

    private static List<String> expected(Gateway gateway, Headers headers, String name) {
        boolean joined = joins(gateway) || gateway == Gateway.BALANCER_SINGLE;
        List<String> all = headers.all(name);
        return joined && !name.equals("Set-Cookie") ? List.of(String.join(", ", all)) : all;
    }

    private static JsonNode written(Gateway gateway, int status, Headers headers) {
        JsonNode event = gateway.event(get("/a"));
        Codec codec = HttpKinds.CODECS.stream()
                .filter(one -> one.matches(event))
                .findFirst()
                .orElseThrow();
        return Events.written(codec, status, headers, event);
    }

    /** The headers that a gateway sends for a response: both maps merged, and each cookie. */
    private static Map<String, List<String>> sent(JsonNode answer) {
        Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.path("headers").forEachEntry((name, value) -> add(sent, name, value));
        answer.path("multiValueHeaders")
                .forEachEntry((name, values) -> values.forEach(value -> add(sent, name, value)));
        answer.path("cookies").forEach(value -> add(sent, "Set-Cookie", value));
        return sent;
    }

    private static void add(Map<String, List<String>> sent, String name, JsonNode value) {
        sent.computeIfAbsent(name, absent -> new ArrayList<>()).add(value.stringValue());
    }

    @Provide
    Arbitrary<Headers> replies() {
        return Combinators.combine(
                        Arbitraries.of("Content-Type", "Set-Cookie", "Vary", "X-Any"),
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .withChars("=, ")
                                .ofMaxLength(8))
                .as(List::of)
                .list()
                .ofMaxSize(8)
                .map(pairs -> Headers.of(pairs.stream().flatMap(List::stream).toArray(String[]::new)));
    }
}
