package dev.odometer.door;

import static dev.odometer.door.Doors.detail;
import static dev.odometer.door.Doors.send;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Probes.Event;
import dev.odometer.door.http.HttpReply;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventsTest {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String JSON = "application/json";

    @BeforeEach
    void clearCalls() {
        Probes.CALLS.clear();
    }

    private static String event(String id) {
        return event(id, "\"data\":{\"n\":1}");
    }

    private static String event(String id, String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"u\","
                + more + "}";
    }

    private static HttpReply events(String type, String body) {
        return send("POST", "/events", body, "Content-Type", type);
    }

    private static Event taken() {
        return Probes.CALLS.get(0).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "application/cloudevents+json",
        "application/cloudevents+json; charset=utf-8",
        "Application/CloudEvents+JSON;charset=\"UTF-8\"",
        "application/json",
        "application/json; charset=utf-8",
    })
    void acceptsOneEvent(String type) {
        HttpReply reply = events(type, event("1"));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(Probes.CALLS).hasSize(1);
        assertThat(taken().data()).isEqualTo(Map.of("n", BigInteger.ONE));
    }

    @ParameterizedTest
    @CsvSource({BATCH, JSON})
    void passesABatchInOneCall(String type) {
        HttpReply reply = events(type, " [" + event("1") + "," + event("2") + "," + event("1") + "]");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(Probes.CALLS).hasSize(1);
        assertThat(Probes.CALLS.get(0)).extracting(Event::id).containsExactly("1", "2", "1");
    }

    @Test
    void acceptsAnEmptyBatchButNotAnEmptyJsonArray() {
        assertThat(events(BATCH, "[]").status()).isEqualTo(204);
        assertThat(detail(events(JSON, "[]"))).isEqualTo("validation error: invalid event: no events found");
        assertThat(Probes.CALLS).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|[1]: specversion must be 1.0: null",
                "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"s\"}|[1].subject is required",
                "{\"specversion\":\"1.0\",\"time\":\"yesterday\"}|[1].time must be an RFC 3339 time: yesterday",
                "{\"data\":\"text\"}|[1].data must be an object: text",
                "{\"data\":[]}|[1].data must be an object, not an array",
                "{\"id\":1}|[1].id must be a string: 1",
                "{\"data\":{\"a\":1,\"a\":2}}|invalid JSON: duplicate key in an object at line 1",
                "null|[1] must not be null",
                "[]|[1] must be an object, not an array",
                "7|[1] must be an object: 7",
            })
    void refusesAWholeBatchNamingIndexAndField(String bad, String detail) {
        HttpReply reply = events(BATCH, "[" + event("1") + "," + bad + "]");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(detail(reply).replace("[1].specversion must", "[1]: specversion must"))
                .startsWith("validation error: " + detail);
        assertThat(Probes.CALLS).isEmpty();
    }

    @Test
    void requiresAnArrayForABatchAndAnObjectForAnEvent() {
        assertThat(detail(events(BATCH, event("1")))).isEqualTo("validation error: a batch of events must be an array");
        assertThat(detail(events(STRUCTURED, "[" + event("1") + "]")))
                .isEqualTo("validation error: the JSON body must be an object, not an array");
    }

    @Test
    void acceptsAbsentDataAndExtensions() {
        assertThat(events(STRUCTURED, event("1", "\"data\":null,\"time\":null,\"ext\":{\"a\":[1]}"))
                        .status())
                .isEqualTo(204);
        assertThat(taken().data()).isNull();
    }

    @Test
    void readsEncodedObjects() {
        String encoded = "\"data_base64\":\"eyJuIjoxLjV9\"";

        assertThat(events(STRUCTURED, event("1", encoded)).status()).isEqualTo(204);
        assertThat(events(BATCH, "[" + event("1") + "," + event("2", encoded) + "]")
                        .status())
                .isEqualTo(204);
        assertThat(Probes.CALLS.get(1).get(1).data()).isEqualTo(Map.of("n", new BigDecimal("1.5")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"data_base64\":\"W10=\"|[0].data_base64 must hold a JSON object",
                "\"data_base64\":\"%%\"|[0].data_base64 is not Base64",
                "\"data_base64\":5|[0].data_base64 must be a string",
                "\"data_base64\":\"e30=\",\"data\":{}|[0].data and data_base64 must not both be given",
                "\"data_base64\":\"/w==\"|[0].data_base64: invalid JSON: not UTF-8",
            })
    void refusesOtherEncodedData(String member, String detail) {
        assertThat(detail(events(BATCH, "[" + event("1", member) + "]"))).isEqualTo("validation error: " + detail);
    }

    private static HttpReply binary(String body, String... more) {
        String[] headers = {
            "ce-specversion", "1.0", "CE-Id", "1", "ce-source", "\"a%20b\"", "ce-type", "t%C3%BC", "Ce-Subject", "u"
        };
        var all = new java.util.ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return send("POST", "/events", body, all.toArray(String[]::new));
    }

    @Test
    void acceptsBinaryMode() {
        HttpReply reply = binary(
                "{\"n\":0.10}", "Content-Type", "application/json", "ce-time", "2026-01-01T00:00:00Z", "ce-x", "y");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(taken())
                .isEqualTo(new Event(
                        "1.0",
                        "1",
                        "a b",
                        "tü",
                        "u",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        "application/json",
                        Map.of("n", new BigDecimal("0.10"))));
    }

    @Test
    void acceptsBinaryModeWithoutData() {
        assertThat(binary("").status()).isEqualTo(204);
        assertThat(taken().data()).isNull();
        assertThat(taken().datacontenttype()).isNull();
    }

    /** Sent by CloudEvents' SDK for Python. */
    @Test
    void readsBinaryDataWithoutATypeAsJson() {
        assertThat(binary("{\"n\":1}").status()).isEqualTo(204);
        assertThat(taken().data()).isEqualTo(Map.of("n", BigInteger.ONE));
        assertThat(taken().datacontenttype()).isNull();
    }

    /** Sent by CloudEvents' SDK for Go. A server delivers each byte of a header as one char. */
    @Test
    void readsHeadersInUtf8() {
        String utf8 = new String("Größe 漢 %25".getBytes(UTF_8), ISO_8859_1);

        assertThat(send("POST", "/events", "", binaryHeaders(utf8)).status()).isEqualTo(204);
        assertThat(taken().subject()).isEqualTo("Größe 漢 %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Größe", "\u00c3", "\u00ef\u00bf\u00bd", "\u00c0\u0080", "漢"})
    void refusesHeadersInOtherEncodings(String subject) {
        HttpReply reply = send("POST", "/events", "", binaryHeaders(subject));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(detail(reply))
                .isEqualTo("validation error: the header ce-subject must be UTF-8 or percent-encoded: " + subject);
        assertThat(Probes.CALLS).isEmpty();
    }

    private static String[] binaryHeaders(String subject) {
        return new String[] {
            "ce-specversion", "1.0", "ce-id", "1", "ce-source", "s", "ce-type", "t", "ce-subject", subject
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "application/ndjson; charset=utf-8", "application/jsonl"})
    void acceptsAnEventPerLineInOneCall(String type) {
        HttpReply reply = events(type, event("1") + "\r\n\n \n" + event("2") + "\n" + event("3"));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(Probes.CALLS).hasSize(1);
        assertThat(Probes.CALLS.get(0)).extracting(Event::id).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"s\"}|line 3: subject is required",
                "[]|line 3: the JSON body must be an object, not an array",
                "{}{}|line 3: specversion must be 1.0: null",
                "nonsense|line 3: invalid JSON at line 1, column 1",
            })
    void refusesAllLinesNamingTheInvalidOne(String bad, String detail) {
        HttpReply reply = events("application/x-ndjson", event("1") + "\n\n" + bad + "\n" + event("4"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(detail(reply)).isEqualTo("validation error: " + detail);
        assertThat(Probes.CALLS).isEmpty();
    }

    @Test
    void requiresAnEventOnSomeLine() {
        assertThat(detail(events("application/x-ndjson", "\n")))
                .isEqualTo("validation error: invalid event: no events found");
        assertThat(binary(event("1"), "Content-Type", "application/x-ndjson").status())
                .isEqualTo(415);
    }

    @Test
    void doesNotReadDataFromAttributes() {
        assertThat(binary("", "ce-data", "{}", "ce-data_base64", "e30=").status())
                .isEqualTo(204);
        assertThat(taken().data()).isNull();
    }

    @Test
    void refusesInvalidEventsInBinaryMode() {
        assertThat(binary("[1]", "Content-Type", "application/json").status()).isEqualTo(400);
        assertThat(detail(binary("x", "Content-Type", "text/plain")))
                .isEqualTo("invalid content type: text/plain; accepted in UTF-8: application/json");
        assertThat(binary("x", "Content-Type", "text/plain").status()).isEqualTo(415);
        assertThat(detail(binary("<a/>"))).startsWith("validation error: invalid JSON");
        assertThat(detail(binary("", "ce-time", "%zz")))
                .isEqualTo("validation error: malformed percent-encoding in ce-time: %zz");
        assertThat(send("POST", "/events", "", "ce-id", "1").status()).isEqualTo(400);
    }

    @Test
    void refusesARepeatedAttribute() {
        HttpReply reply = binary(event("1"), "Content-Type", "application/json", "ce-id", "2");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(detail(reply)).startsWith("validation error: the header ce-id must be given at most once: ");
    }

    @Test
    void namesEveryAcceptedMediaType() {
        assertThat(detail(send("POST", "/events", "x", "Content-Type", "text/plain")))
                .isEqualTo("invalid content type: text/plain; accepted in UTF-8: application/cloudevents+json, "
                        + "application/cloudevents-batch+json, application/json, application/x-ndjson, "
                        + "application/ndjson, application/jsonl");
    }

    @Test
    void determinesTheModeByTheContentTypeFirst() {
        HttpReply reply = send("POST", "/events", event("9"), "Content-Type", STRUCTURED, "ce-id", "1");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(taken().id()).isEqualTo("9");
    }
}
