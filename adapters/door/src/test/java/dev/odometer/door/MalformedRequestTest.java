package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every input gets a reply below 500, and no error message discloses internals. */
class MalformedRequestTest {

    private static final Pattern INTERNALS = Pattern.compile(
            "(?i)(java|tools|org|dev)\\.[a-z]+\\.|exception|\\bat [a-z]+\\.|StreamRead|Probes|\\$[A-Z]");
    private static final List<String> PATHS = List.of("/things", "/things/a", "/parts", "/events", "/strict", "/table");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "text/plain",
            ";",
            "");
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "null",
            "true",
            "0",
            "-",
            "1e400",
            "9".repeat(400),
            "\"id\":",
            "\"size\":",
            "\"parts\":[",
            "\"extra\":",
            "\"made\":\"",
            "\"time\":",
            "\"data\":{",
            "\"data_base64\":\"",
            "\\u0000",
            "\\ud800",
            "'; drop table x --",
            "\u0000",
            "\uD83D\uDE00",
            " ",
            "\"specversion\":\"1.0\"",
            "\"color\":\"RED\"");

    @Property(tries = 3000)
    void neverFailsOnABody(
            @ForAll("paths") String path, @ForAll("types") String type, @ForAll("documents") String document) {
        check(Doors.send("POST", path, document, "Content-Type", type));
        check(Doors.send("PUT", path, document, "Content-Type", type));
    }

    @Property(tries = 1000)
    void neverFailsOnBytes(@ForAll("paths") String path, @ForAll("types") String type, @ForAll byte[] body) {
        check(Doors.HTTP.handle(Doors.request("POST", path, body, "Content-Type", type)));
        check(Doors.HTTP.handle(Doors.request("POST", path, body, "Content-Type", type, "Content-Encoding", "gzip")));
    }

    @Property(tries = 3000)
    void neverFailsOnATarget(@ForAll("targets") String target, @ForAll("targets") String query) {
        check(Doors.get("/things/" + target + "?" + query));
        check(Doors.get(target));
        check(Doors.get("/things/a?limit=" + target + "&from=" + query + "&json=" + target + "&color=" + query));
    }

    @Property(tries = 1000)
    void neverFailsOnHeaders(@ForAll String value) {
        check(Doors.get("/table", "Accept", value, "X-Request-Id", value, "traceparent", value));
        check(Doors.send("POST", "/events", "", "ce-id", value, "ce-specversion", "1.0", "ce-time", value));
        check(Doors.send("POST", "/events", "{}", "Content-Type", value, "Content-Encoding", value));
    }

    private static void check(HttpReply reply) {
        assertThat(reply.status()).isLessThan(500);
        if (reply.status() >= 400) {
            assertThat(Doors.text(reply)).doesNotContainPattern(INTERNALS);
            assertThat(Doors.text(reply)).startsWith("{\"type\":\"about:blank\",\"title\":");
            assertThat(reply.headers().first("X-Request-Id").orElseThrow()).matches("[\\x21-\\x7e]{1,128}");
        }
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(PATHS);
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(TYPES);
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(PIECES).list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> targets() {
        var pieces = Arbitraries.of(
                "%",
                "%2",
                "%2F",
                "%00",
                "%ff",
                "+",
                "&",
                "=",
                "[",
                "]",
                "filter[",
                "tag=",
                "limit=",
                "{",
                "\"",
                "/",
                "..",
                "5",
                "2026-01-01T00:00:00Z",
                "\u00e9",
                " ",
                "#",
                ";");
        return pieces.list()
                .ofMaxSize(8)
                .map(all -> new String(String.join("", all).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
