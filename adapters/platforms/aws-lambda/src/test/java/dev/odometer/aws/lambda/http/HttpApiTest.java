package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.get;
import static dev.odometer.aws.lambda.http.Events.json;
import static dev.odometer.aws.lambda.http.Events.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class HttpApiTest {

    private final HttpApi codec = new HttpApi();

    private static ObjectNode event(String path, String stage) {
        return json("{'version':'2.0','rawPath':'" + path + "','requestContext':{'stage':'" + stage
                + "','http':{'method':'GET'}}}");
    }

    @Test
    void joinsCookiesToAHeader() {
        var event = event("/a", "$default");
        event.putArray("cookies").add("a=1").add("b=2");

        assertThat(codec.head(event).headers().all("Cookie")).containsExactly("a=1; b=2");
    }

    @Test
    void readsTheAddressThatTheGatewayReports() {
        var event = event("/a", "$default");
        event.putObject("headers").put("x-forwarded-for", "198.51.100.1");
        assertThat(codec.head(event).address()).isEmpty();

        event.withObject("/requestContext/http").put("sourceIp", "203.0.113.7");

        assertThat(codec.head(event).address()).isEqualTo("203.0.113.7");
    }

    @Test
    void doesNotDuplicateCookiesThatAreAlsoInAHeader() {
        var event = event("/a", "$default");
        event.putArray("cookies").add("a=1");
        event.putObject("headers").put("cookie", "a=1");

        assertThat(codec.head(event).headers().all("Cookie")).containsExactly("a=1");
    }

    @Test
    void readsTheRawQuery() {
        var event = event("/a", "$default");
        event.put("rawQueryString", "a=1%2C2&a=&b+c=%41");
        event.putObject("queryStringParameters").put("a", "1,2,");

        assertThat(codec.head(event).query()).isEqualTo("a=1%2C2&a=&b+c=%41");
    }

    @ParameterizedTest
    @CsvSource({
        "/live/a/b, live, /a/b",
        "/live, live, /",
        "/live/, live, /",
        "/liver/a, live, /liver/a",
        "/live/live, live, /live",
        "/a/live, live, /a/live",
        "/$default/a, $default, /$default/a",
        "/a, '', /a",
        "/, '', /"
    })
    void removesTheStageFromThePath(String sent, String stage, String path) {
        assertThat(codec.head(event(sent, stage)).path()).isEqualTo(path);
    }

    @Test
    void doesNotDecodeThePathTwice() {
        var event = Gateway.HTTP_2.event(get("/100%2525/a%20%C3%BC"));

        assertThat(event.path("rawPath").stringValue()).isEqualTo("/live/100%25/a ü");
        assertThat(codec.head(event).path()).isEqualTo("/100%2525/a%20%C3%BC");
    }

    @Test
    void keepsThePathOfAFunctionUrl() {
        var event = Gateway.URL.event(get("/a%2Fb/100%25"));

        assertThat(codec.head(event).path()).isEqualTo("/a%2Fb/100%25");
    }

    @Test
    void joinsRepeatedHeadersExceptCookies() {
        var headers = Headers.of("Vary", "a", "Vary", "b", "Set-Cookie", "c=1", "Set-Cookie", "d=2, e");

        var answer = written(codec, 200, headers, event("/a", "live"));

        assertThat(answer).isEqualTo(json("{'statusCode':200,'headers':{'Vary':'a, b'},'cookies':['c=1','d=2, e']}"));
    }

    @Test
    void writesNoCookieListWithoutCookies() {
        var answer = written(codec, 404, Headers.of("A", "1"), event("/a", "live"));

        assertThat(answer).isEqualTo(json("{'statusCode':404,'headers':{'A':'1'}}"));
    }
}
