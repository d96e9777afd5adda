package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.get;
import static dev.odometer.aws.lambda.http.Events.json;
import static dev.odometer.aws.lambda.http.Events.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.request.Query;
import java.util.HashSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class LoadBalancerTest {

    private static final ObjectNode SINGLE = json(
            "{'httpMethod':'GET','path':'/a','headers':{'accept':'*/*'},'requestContext':{'elb':{'targetGroupArn':'t'}}}");
    private static final ObjectNode MULTI = json(
            "{'httpMethod':'GET','path':'/a','multiValueHeaders':{'accept':['a','b']},'requestContext':{'elb':{}}}");

    private final LoadBalancer codec = new LoadBalancer();

    @Test
    void decodesTheQueryOnce() {
        var single = Gateway.BALANCER_SINGLE.event(get("/a?b%5Bc%5D=%2541+d"));

        assertThat(Query.parse(codec.head(single).query()).all("b[c]")).containsExactly("%41 d");
    }

    @Test
    void keepsRepeatedAndEmptyParameters() {
        var multi = Gateway.BALANCER_MULTI.event(get("/a?b=1&b=&b=2"));

        assertThat(codec.head(multi).query()).isEqualTo("b=1&b=&b=2");
    }

    @Test
    void keepsThePathAsSent() {
        assertThat(codec.head(Gateway.BALANCER_MULTI.event(get("/a%2Fb/"))).path())
                .isEqualTo("/a%2Fb/");
    }

    @Test
    void acceptsAHealthCheckWithoutHost() {
        assertThat(codec.head(SINGLE).headers().first("Host")).isEmpty();
    }

    @Test
    void readsAllValuesOfAHeader() {
        assertThat(codec.head(MULTI).headers().all("Accept")).containsExactly("a", "b");
    }

    @Test
    void readsTheAddressThatTheBalancerAppended() {
        var forged = Gateway.BALANCER_MULTI.event(get("/a", "X-Forwarded-For", "198.51.100.1, 203.0.113.7:4711"));
        var single = SINGLE.deepCopy();
        single.withObject("/headers").put("x-forwarded-for", "198.51.100.1,2001:db8::1");

        assertThat(codec.head(forged).address()).isEqualTo("203.0.113.7:4711");
        assertThat(codec.head(single).address()).isEqualTo("2001:db8::1");
        assertThat(codec.head(MULTI).address()).isEmpty();
    }

    @Test
    void answersMultiValueHeadersWithMultiValueHeaders() {
        var answer = written(codec, 200, Headers.of("A", "1", "Set-Cookie", "b=1", "Set-Cookie", "c=2"), MULTI);

        assertThat(answer)
                .isEqualTo(json("{'statusCode':200,'statusDescription':'200 OK',"
                        + "'multiValueHeaders':{'A':['1'],'Set-Cookie':['b=1','c=2']}}"));
    }

    @Test
    void answersSingleHeadersWithSingleHeaders() {
        var answer = written(codec, 200, Headers.of("Vary", "a", "Vary", "b"), SINGLE);

        assertThat(answer).isEqualTo(json("{'statusCode':200,'statusDescription':'200 OK','headers':{'Vary':'a, b'}}"));
    }

    @Test
    void capitalizesCookieNamesDifferentlyWithSingleHeaders() {
        Headers headers = Headers.NONE;
        for (int i = 0; i < 100; i++) {
            headers = headers.with("Set-Cookie", "c" + i + "=1");
        }

        var answer = written(codec, 200, headers, SINGLE).path("headers");

        var values = new HashSet<String>();
        answer.forEachEntry((name, value) -> {
            assertThat(name.toLowerCase(Locale.ROOT)).isEqualTo("set-cookie");
            values.add(value.stringValue());
        });
        assertThat(values).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200 OK",
        "201, 201 Created",
        "204, 204 No Content",
        "400, 400 Bad Request",
        "401, 401 Unauthorized",
        "404, 404 Not Found",
        "413, 413 Content Too Large",
        "500, 500 Internal Server Error",
        "503, 503 Service Unavailable",
        "299, 299 Success",
        "418, 418 Error"
    })
    void writesTheStatusDescription(int status, String description) {
        var answer = written(codec, status, Headers.NONE, SINGLE);

        assertThat(answer.path("statusDescription").stringValue()).isEqualTo(description);
    }
}
