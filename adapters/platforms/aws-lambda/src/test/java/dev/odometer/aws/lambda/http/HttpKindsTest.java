package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.get;
import static dev.odometer.aws.lambda.http.Events.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HttpKindsTest {

    private static Stream<Codec> matching(JsonNode event) {
        return HttpKinds.CODECS.stream().filter(codec -> codec.matches(event));
    }

    @ParameterizedTest
    @EnumSource
    void matchesEachGatewayWithOneCodec(Gateway gateway) {
        assertThat(matching(gateway.event(get("/a")))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'httpMethod':'GET','requestContext':{'stage':'s'}}",
                "{'path':'/a','requestContext':{'apiId':'x'}}",
                "{'version':'2.0','requestContext':{'http':null}}",
                "{'version':'2.0','requestContext':{'http':{}},'httpMethod':'GET'}",
                "{'requestContext':{'elb':{}}}",
                "{'version':'2.0','requestContext':{'http':{},'elb':{},'stage':'s'},'path':'/'}"
            })
    void matchesABrokenRequestWithOneCodec(String event) {
        assertThat(matching(json(event))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'version':'2.0'}",
                "{'version':'1.0','httpMethod':'GET','path':'/'}",
                "{'version':'2.0','method':'GET','path':'/a','requestContext':{'serviceArn':'a'}}",
                "{'requestContext':{'stage':'s','apiId':'x','connectionId':'c','eventType':'CONNECT'}}",
                "{'type':'REQUEST','methodArn':'a','httpMethod':'GET','path':'/a','requestContext':{'stage':'s'}}",
                "{'version':'2.0','type':'REQUEST','routeArn':'a','rawPath':'/a','requestContext':{'http':{}}}",
                "{'Records':[{'eventSource':'aws:sqs','messageId':'1','body':'{}'}]}",
                "{'version':'0','id':'1','detail-type':'t','source':'s','detail':{'requestContext':{'elb':{}}}}",
                "{'requestContext':'elb','path':'/a'}"
            })
    void matchesOtherEventsWithNoCodec(String event) {
        assertThat(matching(json(event))).isEmpty();
    }
}
