package dev.odometer.door.http;

import static dev.odometer.door.Doors.detail;
import static dev.odometer.door.Doors.get;
import static dev.odometer.door.Doors.send;
import static dev.odometer.door.Doors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Doors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

class HttpDoorTest {

    @Test
    void callsTheFunctionOfTheRoute() {
        HttpReply reply = get("/things/a");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply)).isEqualTo("{\"id\":\"a\",\"all\":false}");
        assertThat(reply.headers().all("content-type")).containsExactly("application/json");
        assertThat(reply.headers().all("content-length")).containsExactly("22");
    }

    @Test
    void prefersALiteralSegmentToAField() {
        assertThat(text(get("/things/mine"))).contains("\"plain\"");
    }

    @Test
    void omitsNullsAndWritesEmptyOptionalsAsNull() {
        assertThat(text(get("/things/mine")))
                .isEqualTo("{\"empty\":null,\"plain\":1000,\"at\":\"2026-01-01T00:00:00Z\",\"isIgnored\":false}");
    }

    @Test
    void answersHeadLikeGetWithoutTheBody() {
        HttpReply reply = send("HEAD", "/things/a", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers().all("Content-Length")).containsExactly("22");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing,404",
        "GET,/things/,404",
        "GET,/things/a/,404",
        "GET,things,404",
        "POST,/things/a,405",
        "PATCH,/things/a,405",
        "HEAD,/parts,405",
        "GET,/things/%,400",
        "GET,/things/%zz,400",
        "GET,/things/%00,400",
        "GET,/things/%c0%80,400",
    })
    void refusesUnknownPathsAndMethods(String method, String path, int status) {
        assertThat(send(method, path, "").status()).isEqualTo(status);
    }

    @Test
    void listsTheMethodsOfAPath() {
        assertThat(send("POST", "/things/a", "").headers().first("Allow")).contains("DELETE, GET, HEAD, OPTIONS, PUT");
        assertThat(send("OPTIONS", "/events", "").headers().first("Allow")).contains("OPTIONS, POST");
        assertThat(send("OPTIONS", "/events", "").status()).isEqualTo(204);
    }

    @Test
    void decodesEachSegmentSeparately() {
        assertThat(text(get("/%74hings/a%2Fb%20c%2b+%C3%BC"))).contains("\"id\":\"a/b c++ü\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid|400|Bad Request|validation error: that is wrong",
                "missing|404|Not Found|not found error: no such thing: missing",
                "conflict|409|Conflict|conflict error: there is one already",
                "unavailable|503|Service Unavailable|come back later",
            })
    void answersARefusalWithAProblem(String id, int status, String title, String detail) {
        HttpReply reply = get("/failing/" + id, "X-Request-Id", "r-1");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers().all("Content-Type")).containsExactly("application/problem+json");
        assertThat(text(reply))
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"instance\":\"urn:request:r-1\"}"
                                .formatted(title, status, detail));
    }

    @ParameterizedTest
    @CsvSource({"bug", "stack", "memory"})
    void disclosesNothingAboutAnUnexpectedError(String id) {
        HttpReply reply = get("/failing/" + id, "X-Request-Id", "r-1");

        assertThat(text(reply))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                        + "\"instance\":\"urn:request:r-1\"}");
    }

    @Test
    void includesTheIdOfTheConflictingEntity() {
        assertThat(text(get("/failing/taken", "X-Request-Id", "r-1")))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"conflict error: [3]: that is taken\",\"instance\":\"urn:request:r-1\","
                        + "\"extensions\":{\"conflictingEntityId\":\"e-1\"}}");
    }

    @Test
    void sendsRetryAfter() {
        assertThat(get("/failing/unavailable").headers().first("Retry-After")).contains("1");
    }

    @Test
    void sendsNoBodyWith204() {
        HttpReply reply = send("DELETE", "/things/a", "");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers().first("Content-Type")).isEmpty();
        assertThat(reply.headers().first("Content-Length")).isEmpty();
    }

    @Test
    void writesATableAsCsvOnRequest() {
        HttpReply reply = get("/table", "Accept", "text/csv");

        assertThat(text(reply)).isEqualTo("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n,\"two\nlines\"\n");
        assertThat(reply.headers().all("Content-Type")).containsExactly("text/csv");
        assertThat(reply.headers().all("Content-Disposition")).containsExactly("attachment; filename=my_table__.csv");
    }

    @Test
    void writesTextOfAFunctionUnchanged() {
        assertThat(text(get("/text/plain"))).isEqualTo("plain");
        assertThat(get("/text/plain").headers().first("Content-Type")).contains("text/plain");
    }

    @Test
    void refusesAnUnsupportedAcceptHeader() {
        HttpReply reply = get("/things/a", "Accept", "text/csv");

        assertThat(reply.status()).isEqualTo(406);
        assertThat(detail(reply)).isEqualTo("available only as application/json");
    }

    @Test
    void composesFunctions() {
        assertThat(text(get("/shout/hey"))).isEqualTo("{\"shout\":\"hey!\"}");
    }

    @Test
    void ignoresHeadersThatNameAFunction() {
        HttpReply reply = get(
                "/things/a",
                "spring.cloud.function.definition",
                "failing",
                "function.name",
                "failing",
                "spring.cloud.function.routing-expression",
                "'failing'");

        assertThat(text(reply)).isEqualTo("{\"id\":\"a\",\"all\":false}");
        assertThat(get("/functionRouter").status()).isEqualTo(404);
        assertThat(get("/echoSearch").status()).isEqualTo(404);
    }

    @Test
    void keepsAValidRequestIdOrGeneratesOne() {
        assertThat(get("/things/a", "x-request-id", "abc/1:2").headers().all("X-Request-Id"))
                .containsExactly("abc/1:2");
        for (String bad : List.of("", "a b", "a\"b", "ü", "a\nb", "x".repeat(129))) {
            assertThat(get("/things/a", "x-request-id", bad).headers().first("X-Request-Id"))
                    .get()
                    .asString()
                    .matches("[0-9a-f]{32}");
        }
    }

    @Test
    void clearsTheLoggingContext() {
        get("/failing/bug");

        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void refusesForAPlatform() {
        HttpReply reply = Doors.HTTP.replyTo(
                Doors.request("POST", "/events", new byte[0]),
                dev.odometer.functions.refusal.Refusal.unavailable(
                        "too much at once", new IllegalStateException("full")));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(detail(reply)).isEqualTo("too much at once");
    }
}
