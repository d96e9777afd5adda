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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void readsTheAddressThatTheGatewayReports() {
        var event = json("{" + LINE + ",'headers':{'X-Forwarded-For':'198.51.100.1'}}");
        assertThat(codec.head(event).address()).isEmpty();

        event.withObject("/requestContext/identity").put("sourceIp", "203.0.113.7");

        assertThat(codec.head(event).address()).isEqualTo("203.0.113.7");
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

    /** A custom domain's base path is part of the path, but not of the resource. */
    @ParameterizedTest
    @CsvSource({
        "/usage/api/v1/meters,/{proxy+},api/v1/meters,/api/v1/meters",
        "/usage/v1/api/v1/meters,/{proxy+},api/v1/meters,/api/v1/meters",
        "/usage/api/v1/meters,/api/v1/meters,,/api/v1/meters",
        "/usage/a%2Fb/%C3%BC,/{proxy+},a/b/ü,/a%2Fb/%C3%BC",
        "/usage/a%2Fb,/{proxy+},a%2Fb,/a%2Fb",
        "/usage/api/100%25,/api/{proxy},100%25,/api/100%25",
        "/usage/a/b,/a/{proxy},b,/a/b",
        "/usage,/,,/",
        "/usage/,/,,/",
        "/api/v1/meters,/{proxy+},api/v1/meters,/api/v1/meters",
        "/,/,,/",
        "/a/a,/{proxy+},a/a,/a/a",
        "/a/a,/{proxy+},a,/a",
        "/usage/a,/{proxy+},other,/usage/a",
        "/usage/%zz,/{proxy+},%,/usage/%zz",
        "/usage/a,$default,,/usage/a",
    })
    void removesTheBasePathOfACustomDomain(String path, String resource, String proxy, String expected) {
        var event = json("{'httpMethod':'GET','requestContext':{'stage':'live','apiId':'x'}}");
        event.put("path", path)
                .put("resource", resource)
                .putObject("pathParameters")
                .put("proxy", proxy);

        HttpRequest request = codec.head(event);
        assertThat(request.path()).isEqualTo(expected);
        assertThat(path).isIn(request.basePath() + expected, request.basePath());
    }

    @ParameterizedTest
    @CsvSource({
        "/usage/a b/ü%,/{proxy+},a b/ü%,/a%20b/%C3%BC%25",
        "/live/a,/a,,/a",
        "/usage/live/a,/{proxy+},live/a,/live/a",
        "/live/a,$default,,/a",
    })
    void removesTheBasePathOfAnHttpApiWithPayloadFormat1(String path, String resource, String proxy, String expected) {
        var event = json("{'version':'1.0','httpMethod':'GET','requestContext':{'stage':'live','apiId':'x'}}");
        event.put("path", path)
                .put("resource", resource)
                .putObject("pathParameters")
                .put("proxy", proxy);

        assertThat(codec.head(event).path()).isEqualTo(expected);
    }

    @Test
    void readsHeadersAsTransmitted() {
        var request = head(",'headers':{'ce-subject':'Größe'},'multiValueHeaders':{'ce-type':['Ã¶'],'ce-id':['漢']}");

        assertThat(request.headers().first("ce-subject")).hasValue("Gr\u00c3\u00b6\u00c3\u009fe");
        assertThat(request.headers().first("ce-type")).hasValue("\u00c3\u00b6");
        assertThat(request.headers().first("ce-id")).hasValue("\u00e6\u00bc\u00a2");
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
