package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.aws.Gateway;
import dev.odometer.conformance.aws.LambdaProcess;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.local.http.Odometer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.context.ConfigurableApplicationContext;

/** The count of invocations in the database equals the number of requests, on real platforms. */
class SelfMeteringIT {

    private static final int REQUESTS = 40;
    private static final Gateway FRONT = Gateway.all().get(1);

    private static String count(String function, String member) {
        return "select coalesce(sum((data::jsonb->>'" + member
                + "')::numeric), 0) from usage_event join event_attributes on number = attributes"
                + " where type = 'odometer.invocation' and data::jsonb->>'function' = '" + function + "'";
    }

    private static byte[] request(String method, String path, String type, String body) {
        return FRONT.event(new HttpRequest(method, path, null, Headers.of("Content-Type", type), body.getBytes(UTF_8)));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onLambda() throws Exception {
        var settings = new HashMap<>(Databases.fresh("self_metering_lambda"));
        settings.put("ODOMETER_SELF_METERING_ENABLED", "true");
        settings.put("ODOMETER_SELF_METERING_INTERVAL", "0s");
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"acme\"}";
        try (var instance = LambdaProcess.start(settings)) {
            for (int i = 0; i < REQUESTS; i++) {
                instance.invoke(request("POST", "/api/v1/events", "application/cloudevents+json", event));
            }
            byte[] costs = instance.invoke(request("GET", "/api/v1/costs", "application/json", ""))
                    .body();

            assertThat(Databases.number("self_metering_lambda", count("ingestEvents", "invocations")))
                    .isEqualTo(REQUESTS);
            assertThat(Databases.number("self_metering_lambda", count("ingestEvents", "bytesIn")))
                    .isEqualTo((long) REQUESTS * event.length());
            assertThat(new String(FRONT.reply(costs).body(), UTF_8))
                    .contains("\"function\":\"ingestEvents\",\"platform\":\"aws-lambda\",\"trigger\":\"http\","
                            + "\"invocations\":" + REQUESTS + ",\"events\":" + REQUESTS);
        }
    }

    /** With the default interval: the rest is stored when the server stops. */
    @Test
    void onOneMachine() {
        Map<String, String> database = Databases.fresh("self_metering_local");
        try (ConfigurableApplicationContext server = Odometer.application()
                .run(
                        "--server.port=0",
                        "--odometer.self-metering.enabled=true",
                        "--odometer.database.url=" + database.get("ODOMETER_DATABASE_URL"),
                        "--odometer.database.user=" + database.get("ODOMETER_DATABASE_USER"),
                        "--odometer.database.password=" + database.get("ODOMETER_DATABASE_PASSWORD"))) {
            URI meters = URI.create("http://127.0.0.1:"
                    + server.getEnvironment().getRequiredProperty("local.server.port") + "/api/v1/meters");
            HttpClient client = HttpClient.newHttpClient();
            List<CompletableFuture<HttpResponse<Void>>> replies = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                replies.add(client.sendAsync(
                        java.net.http.HttpRequest.newBuilder(meters).build(), BodyHandlers.discarding()));
            }
            assertThat(replies)
                    .allSatisfy(reply -> assertThat(reply.join().statusCode()).isEqualTo(200));
            assertThat(Databases.number("self_metering_local", count("listMeters", "invocations")))
                    .as("before the interval has passed")
                    .isLessThan(REQUESTS);
        }

        assertThat(Databases.number("self_metering_local", count("listMeters", "invocations")))
                .isEqualTo(REQUESTS);
        assertThat(Databases.number("self_metering_local", count("listMeters", "milliseconds")))
                .isGreaterThanOrEqualTo(REQUESTS);
    }
}
