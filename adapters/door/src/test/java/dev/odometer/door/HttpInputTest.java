package dev.odometer.door;

import static dev.odometer.door.Doors.detail;
import static dev.odometer.door.Doors.get;
import static dev.odometer.door.Doors.post;
import static dev.odometer.door.Doors.send;
import static dev.odometer.door.Doors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.request.UndeclaredParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpInputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=5|\"limit\":5",
                "all=true|\"all\":true",
                "tag=a&tag=b+c&tag=|\"tag\":[\"a\",\"b c\",\"\"]",
                "filter[model]=gpt&filter%5Bmodel%5D=x&filter[a.b]=1|\"filter\":{\"model\":[\"gpt\",\"x\"],\"a.b\":[\"1\"]}",
                "json={\"a\":[1.0,null]}|\"json\":{\"a\":[1.0,null]}",
                "note=|\"note\":\"\"",
                "note|\"note\":\"\"",
                "note=a%2Bb%26c=d|\"note\":\"a+b&c=d\"",
                "note=5|\"note\":\"5\"",
                "color=RED|\"color\":\"RED\"",
                "from=2026-01-01t01:00:00.5%2B01:00|\"from\":\"2026-01-01T00:00:00.500Z\"",
                "amount=1e2|\"amount\":100",
                "amount=-0.10|\"amount\":-0.10",
                "code=key&X-Amz-Signature=s|\"all\":false",
            })
    void bindsQueryParameters(String query, String expected) {
        assertThat(text(get("/things/a?" + query))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=five|limit must be a whole number of 32 bits: five",
                "limit=|limit must be a whole number of 32 bits: ",
                "limit=1.0|limit must be a whole number of 32 bits: 1.0",
                "limit=99999999999|limit must be a whole number of 32 bits: 99999999999",
                "all=yes|all must be true or false: yes",
                "color=red|color must be one of RED, GREEN: red",
                "color=|color must be one of RED, GREEN: ",
                "from=yesterday|from must be an RFC 3339 time: yesterday",
                "from=1700000000|from must be an RFC 3339 time: 1700000000",
                "amount=0x1|amount must be a number: 0x1",
                "json={|json: invalid JSON at line 1, column 2",
                "json=[]|json must be an object, not an array",
                "unknown=1|unknown parameter: unknown",
                "Limit=1|unknown parameter: Limit",
                "x-amz-signature=s|unknown parameter: x-amz-signature",
                "filter=gpt|filter requires a key: filter[key]=value",
                "filter[a=1|unknown parameter: filter[a",
                "limit[a]=1|unknown parameter: limit[a]",
                "id=b|unknown parameter: id",
                "limit=5&limit=6|limit must be given at most once: 5, 6",
                "limit=5&limit=5|limit must be given at most once: 5, 5",
                "json={}&json={}|json must be given at most once: {}, {}",
                "note=%zz|malformed percent-encoding in parameter note: %zz",
                "note=%ff|malformed percent-encoding in parameter note: %ff",
                "no%te=1|malformed percent-encoding in the name of a parameter: no%te",
            })
    void namesTheInvalidParameter(String query, String detail) {
        HttpReply reply = get("/things/a?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(detail(reply)).startsWith("validation error: " + detail);
    }

    @Test
    void keepsNumbersExact() {
        String json = "{\"weight\":0.100000000000000000000000000001,\"extra\":{\"big\":9007199254740993,\"one\":1.0,"
                + "\"exact\":123456789012345678901234567890.123}}";

        assertThat(text(post("/things", json)))
                .contains(
                        "0.100000000000000000000000000001",
                        "9007199254740993",
                        "\"one\":1.0",
                        "123456789012345678901234567890.123");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":5}|id must be a string: 5",
                "{\"id\":true}|id must be a string: true",
                "{\"id\":{}}|id must be a string, not an object",
                "{\"id\":[]}|id must be a string, not an array",
                "{\"size\":\"5\"}|size must be a whole number of 64 bits: 5",
                "{\"size\":5.0}|size must be a whole number of 64 bits: 5.0",
                "{\"size\":99999999999999999999}|size must be a whole number of 64 bits: 99999999999999999999",
                "{\"size\":true}|size must be a whole number of 64 bits: true",
                "{\"active\":1}|active must be true or false: 1",
                "{\"active\":\"true\"}|active must be true or false: true",
                "{\"weight\":\"1.5\"}|weight must be a number: 1.5",
                "{\"weight\":\"\"}|weight must be a number: ",
                "{\"color\":0}|color must be one of RED, GREEN: 0",
                "{\"color\":\"Red\"}|color must be one of RED, GREEN: Red",
                "{\"made\":0}|made must be an RFC 3339 time: 0",
                "{\"made\":\"2026-01-01\"}|made must be an RFC 3339 time: 2026-01-01",
                "{\"tags\":[\"a\",5]}|tags[1] must be a string: 5",
                "{\"tags\":[null]}|tags[0] must not be null",
                "{\"words\":{\"a\":null}}|words.a must not be null",
                "{\"words\":{\"a\":1}}|words.a must be a string: 1",
                "{\"extra\":\"\"}|extra must be an object: ",
                "{\"extra\":[]}|extra must be an object, not an array",
                "{\"parts\":[{\"name\":\"a\"},{\"size\":1}]}|parts[1].name must not be empty",
                "{\"parts\":[\"\"]}|parts[0] must be an object: ",
                "{\"a\":1,\"a\":2}|invalid JSON: duplicate key in an object at line 1, column 11: a",
                "{\"a\":1} 2|invalid JSON: unexpected content after the document",
                "{\"a\":01}|invalid JSON at line 1",
                "{'a':1}|invalid JSON at line 1",
                "{\"a\":NaN}|invalid JSON at line 1",
                "null|the JSON body must not be null",
                "5|the JSON body must be an object: 5",
                "\"\"|the JSON body must be an object: ",
            })
    void namesTheInvalidField(String json, String detail) {
        HttpReply reply = post("/things", json);

        assertThat(detail(reply)).startsWith("validation error: " + detail);
        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void requiresABody(String body) {
        assertThat(detail(post("/things", body))).isEqualTo("validation error: a JSON body is required");
        assertThat(detail(send("PUT", "/things/a", body, "Content-Type", "application/json")))
                .isEqualTo("validation error: a JSON body is required");
    }

    @Test
    void acceptsASingleValueAsAList() {
        assertThat(text(post("/things", "{\"tags\":\"a\"}"))).contains("\"tags\":[\"a\"]");
        assertThat(text(post("/parts", "{\"name\":\"a\"}"))).contains("[{\"name\":\"a\",\"size\":0}]");
    }

    @Test
    void givesThePathPrecedenceOverTheBody() {
        HttpReply reply =
                send("PUT", "/things/a", "{\"id\":\"b\",\"size\":3}", "Content-Type", "application/json;charset=UTF-8");

        assertThat(text(reply)).isEqualTo("{\"id\":\"a\",\"size\":3}");
    }

    @Test
    void refusesUnknownFieldsOnlyOnStrictRoutes() {
        assertThat(post("/things", "{\"what\":1}").status()).isEqualTo(201);
        assertThat(detail(post("/strict", "{\"what\":1}"))).isEqualTo("validation error: unknown field: what");
        assertThat(detail(post("/strict?what=1", "{}"))).isEqualTo("validation error: unknown parameter: what");
        assertThat(text(post("/strict?size=1", "{}"))).isEqualTo("{\"size\":1}");
    }

    @Test
    void refusesAMemberOfTheBodyThatIsReadFromTheQueryOnlyOnStrictRoutes() {
        assertThat(detail(post("/strict?size=1", "{\"size\":2}"))).isEqualTo("validation error: unknown field: size");
    }

    @Test
    void aMemberOfTheBodyDoesNotReplaceAnAbsentParameterOrHeader() {
        String body = "{\"id\":\"b\",\"size\":2,\"color\":\"RED\",\"active\":true}";

        assertThat(text(post("/placed/a", body))).isEqualTo("{\"id\":\"a\",\"size\":0,\"active\":true}");
        assertThat(text(post("/placed/a?size=3", body))).isEqualTo("{\"id\":\"a\",\"size\":3,\"active\":true}");
    }

    @Test
    void refusesASingleValueInThePlaceOfAListOnlyOnStrictRoutes() {
        assertThat(text(post("/things", "{\"tags\":\"a\"}"))).isEqualTo("{\"size\":0,\"tags\":[\"a\"]}");
        assertThat(detail(post("/strict", "{\"tags\":\"a\"}"))).contains("tags must be an array");
    }

    @ParameterizedTest
    @CsvSource({"GET,/things/mine", "GET,/header", "DELETE,/things/a", "GET,/text/a"})
    void refusesUnknownParametersOfEveryRoute(String method, String path) {
        assertThat(detail(send(method, path + "?a=1", ""))).isEqualTo("validation error: unknown parameter: a");
    }

    @Test
    void refusesUnknownParametersWithEveryKindOfBody() {
        assertThat(detail(post("/things?a=1", "{}"))).isEqualTo("validation error: unknown parameter: a");
        assertThat(detail(post("/parts?a=1", "[]"))).isEqualTo("validation error: unknown parameter: a");
        assertThat(detail(post("/events?a=1", "[]"))).isEqualTo("validation error: unknown parameter: a");
    }

    @Test
    void readsTheIgnoredParametersFromASetting() {
        try (var app = Doors.start(Probes.class, "odometer.ignored-parameters=key, utm_*")) {
            var door = app.getBean(HttpDoor.class);

            assertThat(door.handle(Doors.request("GET", "/things/a?key=1&utm_source=x", new byte[0]))
                            .status())
                    .isEqualTo(200);
            assertThat(door.handle(Doors.request("GET", "/things/a?code=1", new byte[0]))
                            .status())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*b", "a b"})
    void refusesToStartWithAnInvalidIgnoredParameter(String name) {
        assertThatThrownBy(() -> UndeclaredParameters.parse("code," + name))
                .hasMessageContaining("odometer.ignored-parameters")
                .hasMessageContaining(name);
    }

    @Test
    void anAbsentBodyIsAnEmptyObjectWhereEveryMemberIsOptional() {
        assertThat(text(send("POST", "/optional/a", ""))).isEqualTo("{\"id\":\"a\",\"size\":0}");
        assertThat(text(post("/optional/a", "{\"size\":2}"))).isEqualTo("{\"id\":\"a\",\"size\":2}");
        assertThat(detail(post("/optional/a", " "))).isEqualTo("validation error: a JSON body is required");
        assertThat(detail(post("/optional/a", "null"))).isEqualTo("validation error: the JSON body must be an object");
        assertThat(send("POST", "/optional/a", "{}").status()).isEqualTo(415);
    }

    @Test
    void readsAnInputFromAHeader() {
        assertThat(text(get("/header", "Note", "hi"))).contains("\"note\":\"hi\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain|text/plain",
                "application/json; charset=latin1|application/json; charset=latin1",
                "application/json;charset=utf-16|application/json;charset=utf-16",
                "application/xml; charset=utf-8|application/xml",
                "json|json",
            })
    void refusesABodyWithAnotherContentType(String type, String named) {
        HttpReply reply = send("POST", "/things", "{}", "Content-Type", type);

        assertThat(reply.status()).isEqualTo(415);
        assertThat(detail(reply)).isEqualTo("invalid content type: " + named + "; accepted in UTF-8: application/json");
        assertThat(reply.headers().all("Accept")).containsExactly("application/json");
    }

    @Test
    void refusesABodyWithoutAContentType() {
        assertThat(send("POST", "/things", "{}").status()).isEqualTo(415);
    }

    @Test
    void ignoresABodyThatTheRouteDoesNotUse() {
        assertThat(send("GET", "/things/a", "rubbish").status()).isEqualTo(200);
    }
}
