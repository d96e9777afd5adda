package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code odometer.compatibility} selects between the statuses of OpenMeter's specification and of its server. */
class ServerStatusTest {

    private static HttpReply post(ConfigurableApplicationContext context, String path, String body) {
        return InMemoryApp.door(context)
                .handle(new HttpRequest(
                        "POST",
                        path,
                        null,
                        Headers.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String id(HttpReply reply) {
        return Case.JSON.readTree(reply.body()).path("id").asString();
    }

    @ParameterizedTest
    @CsvSource({"openmeter,200", "specification,201"})
    void ofNewMetersAndTestsOfRules(String followed, int status) {
        try (var context = InMemoryApp.start("odometer.compatibility=" + followed)) {
            HttpReply meter = post(
                    context, "/api/v1/meters", "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}");
            HttpReply channel = post(
                    context,
                    "/api/v1/notification/channels",
                    "{\"type\":\"WEBHOOK\",\"name\":\"ops\",\"url\":\"https://hooks.example.com\",\"disabled\":true}");
            HttpReply rule = post(
                    context,
                    "/api/v1/notification/rules",
                    "{\"type\":\"entitlements.reset\",\"name\":\"r\",\"channels\":[\"" + id(channel) + "\"]}");
            HttpReply test = post(context, "/api/v1/notification/rules/" + id(rule) + "/test", "");

            assertThat(meter.status()).isEqualTo(status);
            assertThat(test.status()).isEqualTo(status);
            assertThat(channel.status()).isEqualTo(201);
            assertThat(rule.status()).isEqualTo(201);
        }
    }

    @Test
    void areThoseOfTheSpecificationByDefault() {
        try (var context = InMemoryApp.start()) {
            String meter = "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}";

            assertThat(post(context, "/api/v1/meters", meter).status()).isEqualTo(201);
        }
    }
}
