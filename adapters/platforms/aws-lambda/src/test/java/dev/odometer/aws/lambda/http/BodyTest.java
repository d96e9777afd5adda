package dev.odometer.aws.lambda.http;

import static dev.odometer.aws.lambda.http.Events.JSON;
import static dev.odometer.aws.lambda.http.Events.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BodyTest {

    private static final byte[] WORD = "grün".getBytes(StandardCharsets.UTF_8);

    private static JsonNode written(byte[] body, String... headers) {
        var answer = JSON.createObjectNode();
        Body.write(new HttpReply(200, Headers.of(headers), body), answer);
        return JSON.readTree(JSON.writeValueAsBytes(answer));
    }

    @Test
    void readsTextAsUtf8() {
        assertThat(Body.read(json("{'body':'grün','isBase64Encoded':false}"))).isEqualTo(WORD);
    }

    @Test
    void decodesBase64() {
        String encoded = Base64.getEncoder().encodeToString(WORD);

        assertThat(Body.read(json("{'body':'" + encoded + "','isBase64Encoded':true}")))
                .isEqualTo(WORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'body':null}", "{'body':''}", "{'body':null,'isBase64Encoded':true}"})
    void readsAnAbsentBodyAsEmpty(String event) {
        assertThat(Body.read(json(event))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "*", "YQ=", "YWJj\\n", "YW Jj", "Y_-j"})
    void refusesInvalidBase64(String body) {
        assertThatThrownBy(() -> Body.read(json("{'body':'" + body + "','isBase64Encoded':true}")))
                .isInstanceOf(Refusal.class)
                .hasMessage("the body is not Base64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/problem+json",
                "application/cloudevents-batch+json",
                "text/csv",
                "text/plain; format=flowed",
                "TEXT/HTML; charset=\"UTF-8\"",
                "application/atom+xml",
                "application/xml",
                "application/javascript",
                "application/x-www-form-urlencoded"
            })
    void writesTextUnchanged(String type) {
        var answer = written(WORD, "Content-Type", type);

        assertThat(answer).isEqualTo(json("{'isBase64Encoded':false,'body':'grün'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "image/png", "text/plain;charset=iso-8859-1", "nonsense"})
    void writesOtherBytesInBase64(String type) {
        var answer = written(WORD, "Content-Type", type);

        assertThat(answer).isEqualTo(json("{'isBase64Encoded':true,'body':'Z3LDvG4='}"));
    }

    @Test
    void writesABodyWithoutATypeInBase64() {
        assertThat(written(WORD).path("isBase64Encoded").booleanValue()).isTrue();
    }

    @Test
    void writesACompressedBodyInBase64() {
        var answer = written(WORD, "Content-Type", "text/plain", "Content-Encoding", "gzip");

        assertThat(answer.path("isBase64Encoded").booleanValue()).isTrue();
    }

    @Test
    void writesAnEmptyBodyAsText() {
        assertThat(written(new byte[0], "Content-Type", "image/png"))
                .isEqualTo(json("{'isBase64Encoded':false,'body':''}"));
    }

    @Property
    void preservesEveryBodyRegardlessOfItsType(@ForAll byte[] body, @ForAll boolean saysText) {
        JsonNode answer = written(body, "Content-Type", saysText ? "text/plain" : "image/png");

        assertThat(Body.read(answer)).isEqualTo(body);
    }
}
