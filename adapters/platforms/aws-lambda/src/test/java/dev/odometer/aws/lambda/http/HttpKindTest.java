package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.JSON;
import static dev.odometer.aws.lambda.http.Events.get;
import static dev.odometer.aws.lambda.http.Events.json;
import static dev.odometer.aws.lambda.http.Events.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.aws.lambda.Probes;
import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.functions.binding.Deadline;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HttpKindTest {

    /** {@code printf secret | sha256sum}. */
    private static final String KEY = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static final HttpDoor DOOR = Probes.door();

    private static JsonNode answer(HttpDoor door, JsonNode event) {
        EventKind kind = HttpKinds.of(door).stream()
                .filter(one -> one.matches(event))
                .findFirst()
                .orElseThrow();
        return JSON.readTree(kind.handle(event, Deadline.NONE));
    }

    private static String body(JsonNode answer) {
        return new String(Body.read(answer), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void returnsTheFunctionsReplyThroughAnyGateway(Gateway gateway) {
        var event = gateway.event(get("/echo/%C3%BC%20b?tag=1%2B&filter%5Bx%5D=y", "Note", "n"));

        var answer = answer(DOOR, event);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
        assertThat(body(answer))
                .isEqualTo("{\"id\":\"ü b\",\"tag\":[\"1+\"],\"filter\":{\"x\":[\"y\"]},\"note\":\"n\"}");
    }

    @ParameterizedTest
    @EnumSource
    void passesABodyThroughAnyGateway(Gateway gateway) {
        var event = gateway.event(request("POST", "/mirror", "{\"a\":1}", "Content-Type", "application/json"));

        assertThat(body(answer(DOOR, event))).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @EnumSource
    void answersInvalidBase64WithAProblem(Gateway gateway) {
        var event = gateway.event(request("POST", "/mirror", "{}", "Content-Type", "application/json"));
        event.put("body", "{}").put("isBase64Encoded", true);

        var answer = answer(DOOR, event);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(body(answer)).contains("\"detail\":\"validation error: the body is not Base64\"");
    }

    @ParameterizedTest
    @EnumSource
    void answersHeadWithoutABody(Gateway gateway) {
        var answer = answer(DOOR, gateway.event(request("HEAD", "/echo/a", "")));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
        assertThat(body(answer)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void answers204WithoutABody(Gateway gateway) {
        var answer = answer(DOOR, gateway.event(request("DELETE", "/echo/a", "")));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(204);
        assertThat(body(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "latin", "text"})
    void returnsBytesThatAreNotUtf8(String route) {
        var answer = answer(DOOR, Gateway.URL.event(get("/" + route + "/%C3%BC")));

        assertThat(Body.read(answer)).containsExactly(0xFC);
    }

    @ParameterizedTest
    @EnumSource
    void requiresAKeyIfKeysAreConfigured(Gateway gateway) {
        HttpDoor door = Probes.door("odometer.api-keys=" + KEY);

        assertThat(answer(door, gateway.event(get("/echo/a")))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(401);
        assertThat(answer(door, gateway.event(get("/echo/a", "Authorization", "Bearer secret")))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void disclosesNothingInA500(Gateway gateway) {
        var answer = answer(DOOR, gateway.event(get("/failing/a")));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(500);
        assertThat(answer.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'httpMethod':'GET','requestContext':{'stage':'s'}}",
                "{'path':'/echo/a','requestContext':{'stage':'s'}}",
                "{'httpMethod':'GET','path':5,'requestContext':{'stage':'s'}}",
                "{'httpMethod':'GET','path':'/echo/a','headers':[],'requestContext':{'stage':'s'}}",
                "{'httpMethod':'GET','path':'/echo/a','multiValueHeaders':{'a':'b'},'requestContext':{'stage':'s'}}",
                "{'httpMethod':'GET','path':'/echo/a','headers':{'a':1},'requestContext':{'stage':'s'}}",
                "{'httpMethod':'GET','path':'/echo/a','body':{},'requestContext':{'stage':'s'}}",
                "{'httpMethod':'GET','path':'/echo/a','body':'','isBase64Encoded':'true','requestContext':{'stage':'s'}}",
                "{'version':'2.0','rawPath':'/echo/a','requestContext':{'http':7}}",
                "{'version':'2.0','rawPath':'/echo/a','requestContext':{'http':{}}}",
                "{'version':'2.0','requestContext':{'http':{'method':'GET'}}}",
                "{'version':'2.0','rawPath':'/echo/a','cookies':'a','requestContext':{'http':{'method':'GET'}}}",
                "{'requestContext':{'elb':{}}}",
                "{'httpMethod':['GET'],'path':'/echo/a','requestContext':{'elb':{}}}",
                "{'httpMethod':'GET','path':'/echo/%','requestContext':{'elb':{}}}",
                "{'httpMethod':'GET','path':'/echo/%FF','requestContext':{'stage':'s'}}"
            })
    void answersABrokenEventWithAProblem(String event) {
        var answer = answer(DOOR, json(event));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(body(answer)).contains("\"status\":400", "\"instance\":\"urn:request:");
    }

    @Test
    void answersAPathWithoutASlashWith404() {
        var answer = answer(DOOR, json("{'httpMethod':'GET','path':'','requestContext':{'elb':{}}}"));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(404);
    }
}
