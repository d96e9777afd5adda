package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Runs the cases of {@code docs/examples} through one door. */
abstract class CasesContract {

    private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
    static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

    private static final Set<String> PLACEHOLDERS = Set.of("{ulid}", "{time}", "{any}");

    /** A request of a case. The target is path and query. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Sent(String method, String target, Map<String, String> headers, byte[] body) {}

    /** Sends the request through the door. All cases share one store. */
    abstract HttpReply answer(Sent request) throws Exception;

    /** The time that placeholders such as {@code {now-1h}} refer to. */
    Instant now() {
        return Instant.now();
    }

    /** Verifies further properties of a documented reply; {@code run} knows what differs between runs. */
    void compare(String step, HttpReply reply, Case.Run run) {}

    @TestFactory
    Stream<DynamicNode> answersAsDocumented() {
        return Case.all().stream().map(example -> {
            var run = new Case.Run(now());
            return DynamicContainer.dynamicContainer(
                    example.name(),
                    example.steps().stream()
                            .map(step -> DynamicTest.dynamicTest(step.name(), () -> check(example, run, step))));
        });
    }

    /** The request of a step. */
    static Sent sent(Case.Run run, Case.Step step) {
        var headers = new TreeMap<String, String>();
        step.request()
                .path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey(), run.filled(header.getValue().asString())));
        if (step.request().has("body") && !headers.containsKey("Content-Type")) {
            headers.put("Content-Type", "application/json");
        }
        return new Sent(
                step.request().required("method").asString(),
                run.filled(step.request().required("path").asString()),
                headers,
                run.body(step.request()));
    }

    void check(Case example, Case.Run run, Case.Step step) throws Exception {
        HttpReply reply = answer(sent(run, step));

        String text = new String(reply.body(), StandardCharsets.UTF_8);
        assertThat(reply.status())
                .as(text)
                .isEqualTo(step.reply().required("status").asInt());
        step.reply()
                .path("headers")
                .properties()
                .forEach(header -> assertThat(reply.headers().first(header.getKey()))
                        .as(header.getKey())
                        .contains(run.filled(header.getValue().asString())));
        checkBody(run, step, text);
        compare(example.name() + ": " + step.name(), reply, run);
    }

    private static void checkBody(Case.Run run, Case.Step step, String text) {
        if (step.reply().has("text")) {
            assertThat(text).isEqualTo(run.filled(step.reply().path("text").asString()));
        } else if (step.reply().has("body")) {
            JsonNode actual = Case.JSON.readTree(text);
            matches(run, "", step.reply().path("body"), actual);
            step.capture()
                    .forEach((name, pointer) ->
                            run.capture(name, actual.at(pointer).asString()));
        } else {
            assertThat(step.reply().path("status").asInt() != 204 || text.isEmpty())
                    .isTrue();
        }
    }

    private static void matches(Case.Run run, String place, JsonNode expected, JsonNode actual) {
        if (expected.isObject()) {
            assertThat(actual.propertyNames())
                    .as("members of %s in %s", place, actual)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.propertyNames().stream().map(run::filled).toList());
            expected.properties()
                    .forEach(member -> matches(
                            run,
                            place + "/" + member.getKey(),
                            member.getValue(),
                            actual.path(run.filled(member.getKey()))));
        } else if (expected.isArray()) {
            assertThat(actual.size()).as("items of %s in %s", place, actual).isEqualTo(expected.size());
            Iterator<JsonNode> items = actual.iterator();
            int i = 0;
            for (JsonNode item : expected) {
                matches(run, place + "/" + i++, item, items.next());
            }
        } else if (expected.isString()) {
            text(run, place, expected.asString(), actual);
        } else {
            // Compared as text, since 1 and 1.0 are different responses.
            assertThat(actual.toString()).as(place).isEqualTo(expected.toString());
        }
    }

    private static void text(Case.Run run, String place, String expected, JsonNode actual) {
        assertThat(actual.isString()).as("%s is text in %s", place, actual).isTrue();
        String text = actual.asString();
        if (PLACEHOLDERS.contains(expected)) {
            run.variesByRun(text);
        }
        switch (expected) {
            case "{ulid}" -> assertThat(text).as(place).matches(ULID);
            case "{time}" -> assertThat(text).as(place).matches(TIME);
            case "{any}" -> {}
            default -> assertThat(text).as(place).isEqualTo(run.filled(expected));
        }
    }
}
