package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.get;
import static dev.odometer.aws.lambda.http.Events.json;
import static dev.odometer.aws.lambda.http.Events.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.request.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestApiTest {

    private static final String LINE = "'httpMethod':'GET','path':'/a','requestContext':{'stage':'live','apiId':'x'}";

    private final RestApi codec = new RestApi();

    private HttpRequest head(String more) {
        return codec.head(json("{" + LINE + more + "}"));
    }

    @Test
    void readsAllValuesOfAHeader() {
        var request = head(",'headers':{'X':'2'},'multiValueHeaders':{'X':['1','2']}");

        assertThat(request.headers().all("x")).containsExactly("1", "2");
    }

    @Test
    void readsMissingHeadersFromTheSingleMap() {
        var request = head(",'headers':{'x':'9','Y':'3'},'multiValueHeaders':{'X':['1']}");

        assertThat(request.headers().all("X")).containsExactly("1");
        assertThat(request.headers().all("y")).containsExactly("3");
    }

    @Test
    void readsAHeaderWithAnEmptyListFromTheSingleMap() {
        var request = head(",'headers':{'X':'9'},'multiValueHeaders':{'X':[]}");

        assertThat(request.headers().all("X")).containsExactly("9");
    }

    @Test
    void readsNullMapsAsEmpty() {
        var request = head(",'headers':null,'multiValueHeaders':null,'queryStringParameters':null,"
                + "'multiValueQueryStringParameters':null,'pathParameters':null");

        assertThat(request.headers().all("Host")).isEmpty();
        assertThat(request.query()).isNull();
    }

    @Test
    void doesNotDecodeTheQueryTwice() {
        var request = head(",'multiValueQueryStringParameters':{'a':['%41+b','','c&d=e'],'f[g]':['h']}");

        var query = Query.parse(request.query());
        assertThat(query.all("a")).containsExactly("%41+b", "", "c&d=e");
        assertThat(query.all("f[g]")).containsExactly("h");
    }

    @Test
    void readsMissingParametersFromTheSingleMap() {
        var request = head(
                ",'queryStringParameters':{'a':'2','b':'3'}," + "'multiValueQueryStringParameters':{'a':['1','2']}");

        assertThat(request.query()).isEqualTo("a=1&a=2&b=3");
    }

    @Test
    void distinguishesTheCaseOfParameterNames() {
        var request = head(",'queryStringParameters':{'A':'2'},'multiValueQueryStringParameters':{'a':['1']}");

        assertThat(request.query()).isEqualTo("a=1&A=2");
    }

    @Test
    void keepsThePathAsSent() {
        var event = Gateway.REST.event(get("/a%2Fb/%C3%BC%25"));

        assertThat(codec.head(event).path()).isEqualTo("/a%2Fb/%C3%BC%25");
    }

    @Test
    void keepsAPathThatBeginsLikeTheStage() {
        var event = Gateway.REST.event(get("/live/a"));

        assertThat(codec.head(event).path()).isEqualTo("/live/a");
    }

    @Test
    void removesTheStageOfAnHttpApiWithPayloadFormat1() {
        var event = Gateway.HTTP_1.event(get("/a%20b/%2541"));

        assertThat(event.path("path").stringValue()).isEqualTo("/live/a b/%41");
        assertThat(codec.head(event).path()).isEqualTo("/a%20b/%2541");
    }

    @Test
    void writesEachHeaderOnce() {
        var headers = Headers.of("Content-Type", "text/plain", "Set-Cookie", "a=1", "Set-Cookie", "b=2");

        var answer = written(codec, 200, headers, json("{" + LINE + "}"));

        assertThat(answer)
                .isEqualTo(json("{'statusCode':200,'headers':{'Content-Type':'text/plain'},"
                        + "'multiValueHeaders':{'Set-Cookie':['a=1','b=2']}}"));
    }

    @Test
    void writesOneMapWithoutRepeatedHeaders() {
        var answer = written(codec, 204, Headers.of("A", "1"), json("{" + LINE + "}"));

        assertThat(List.copyOf(answer.propertyNames())).containsExactly("statusCode", "headers");
    }
}
