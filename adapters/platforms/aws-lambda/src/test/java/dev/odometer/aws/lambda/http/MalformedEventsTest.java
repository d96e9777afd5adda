package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.JSON;
import static dev.odometer.aws.lambda.http.Events.get;
import static dev.odometer.aws.lambda.http.Events.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.aws.lambda.Probes;
import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.functions.binding.Deadline;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every event gets a reply, and never a 5xx status. */
class MalformedEventsTest {

    private static final HttpDoor DOOR = Probes.door();
    private static final List<EventKind> KINDS = HttpKinds.of(DOOR);
    private static final int DEEP = 400;

    @Property(tries = 3000)
    void answersAnEventWithAnyReplacedMember(
            @ForAll Gateway gateway,
            @ForAll @IntRange(max = 1000) int place,
            @ForAll("values") JsonNode value,
            @ForAll boolean post) {
        ObjectNode event = gateway.event(
                post
                        ? request("POST", "/mirror?a=1", "{}", "Content-Type", "application/json", "Cookie", "a=1")
                        : get("/echo/a?tag=1", "Note", "n"));
        replace(event, place, value);

        List<EventKind> kinds =
                KINDS.stream().filter(kind -> kind.matches(event)).toList();

        assertThat(kinds).hasSizeLessThanOrEqualTo(1);
        kinds.forEach(kind -> assertThat(status(kind, event)).isBetween(200, 499));
    }

    @Property(tries = 1000)
    void answersRandomJson(@ForAll("values") JsonNode event, @ForAll("values") JsonNode context) {
        if (event instanceof ObjectNode object) {
            object.set("requestContext", context);
        }

        List<EventKind> kinds =
                KINDS.stream().filter(kind -> kind.matches(event)).toList();

        assertThat(kinds).hasSizeLessThanOrEqualTo(1);
        kinds.forEach(kind -> assertThat(status(kind, event)).isBetween(400, 499));
    }

    @Test
    void answersALargeEvent() {
        ObjectNode event = Gateway.URL.event(get("/echo/a"));
        event.put("body", "x".repeat(12_000_000));

        assertThat(status(KINDS.get(1), event)).isEqualTo(413);
    }

    private static int status(EventKind kind, JsonNode event) {
        JsonNode answer = JSON.readTree(kind.handle(event, Deadline.NONE));
        assertThat(answer.path("statusCode").isInt()).isTrue();
        assertThat(answer.path("isBase64Encoded").isBoolean()).isTrue();
        return answer.path("statusCode").intValue();
    }

    /** Replaces a member at any level of the event with the value. */
    private static void replace(ObjectNode event, int place, JsonNode value) {
        var members = new ArrayList<Runnable>();
        collect(event, members, value);
        members.get(place % members.size()).run();
    }

    private static void collect(ObjectNode object, List<Runnable> members, JsonNode value) {
        object.forEachEntry((name, member) -> {
            members.add(() -> object.set(name, value));
            if (member instanceof ObjectNode inner) {
                collect(inner, members, value);
            }
        });
    }

    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> leaves = Arbitraries.of("null", "true", "1", "-1.5e9", "[]", "{}", "\"\"", "\"%\"", "\"/\"")
                .map(JSON::readTree);
        Arbitrary<JsonNode> texts = Arbitraries.strings().ofMaxLength(20).map(JSON::valueToTree);
        Arbitrary<JsonNode> named = Arbitraries.maps(
                        Arbitraries.of(
                                "elb", "http", "stage", "apiId", "method", "path", "rawPath", "httpMethod", "version"),
                        Arbitraries.oneOf(leaves, texts))
                .ofMaxSize(4)
                .map(JSON::valueToTree);
        Arbitrary<JsonNode> deep = Arbitraries.just(JSON.readTree("[".repeat(DEEP) + "]".repeat(DEEP)));
        Arbitrary<JsonNode> lists =
                Arbitraries.oneOf(leaves, texts, named).list().ofMaxSize(3).map(JSON::valueToTree);
        return Arbitraries.frequencyOf(
                Tuple.of(4, leaves), Tuple.of(3, texts), Tuple.of(4, named), Tuple.of(1, deep), Tuple.of(2, lists));
    }
}
