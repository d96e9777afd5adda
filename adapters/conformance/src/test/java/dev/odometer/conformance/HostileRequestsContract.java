package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** Every route refuses invalid input with a reason: no 5xx, no stack trace, no partial effect. */
abstract class HostileRequestsContract {

    abstract ConfigurableApplicationContext context();

    private HttpDoor door() {
        return context().getBean(HttpDoor.class);
    }

    @Property(tries = 4000, shrinking = ShrinkingMode.OFF)
    void refusesWithAReason(@ForAll long seed) {
        List<Route> routes = context().getBeansOfType(Routes.class).values().stream()
                .flatMap(table -> table.rows().stream())
                .toList();
        Route route = routes.get(Math.floorMod(seed, routes.size()));
        HttpRequest request = new HostileRequests(seed).next(route);

        HttpReply reply = door().handle(request);

        String body = new String(reply.body(), StandardCharsets.UTF_8);
        assertThat(reply.status())
                .as("%s %s: %s", request, request.query(), body)
                .isBetween(200, 499);
        assertThat(body).doesNotContain("java.", "Exception", "\tat ", "dev.odometer", "SQL");
        if (reply.status() >= 400 && !request.method().equals("HEAD")) {
            assertThat(reply.headers().first("Content-Type")).contains("application/problem+json");
            assertThat(Case.JSON.readTree(body).path("status").asInt()).isEqualTo(reply.status());
        }
    }

    @Provide
    Arbitrary<String> flaws() {
        return Arbitraries.of(
                "\"id\":\"\"",
                "\"id\":7",
                "\"id\":null",
                "\"subject\":\"\"",
                "\"subject\":null",
                "\"type\":[]",
                "\"source\":\"\"",
                "\"specversion\":\"0.3\"",
                "\"time\":\"yesterday\"",
                "\"time\":1767225600",
                "\"data\":5",
                "\"data\":\"x\"",
                "\"data\":[]",
                "\"datacontenttype\":\"text/xml\"",
                "\"data_base64\":\"!\"",
                "\"id\":\"a\\u0000b\"",
                "\"data\":{\"a\":[{\"b\":\"\\ud800\"}]}",
                "\"data\":{\"a\":\"\\u0000\"}",
                "\"data\":{\"\\u0000\":1}");
    }

    /** A batch with one invalid event is refused with its index, and none of its events is stored. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void storesNothingOfABatchWithOneBadEvent(@ForAll("flaws") String flaw, @ForAll long seed) {
        String source = "batch-" + Long.toHexString(seed) + "-" + System.nanoTime();
        int size = 2 + Math.floorMod(seed, 30);
        int bad = Math.floorMod(seed / 31, size);
        var batch = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            String event = "{\"specversion\":\"1.0\",\"id\":\"" + i + "\",\"source\":\"" + source
                    + "\",\"type\":\"t\",\"subject\":\"s\"}";
            batch.append(i == 0 ? "" : ",").append(i == bad ? flawed(event, flaw) : event);
        }

        HttpReply refused =
                send("POST", "/api/v1/events", null, batch.append(']').toString());

        String body = new String(refused.body(), StandardCharsets.UTF_8);
        assertThat(refused.status()).as(body).isEqualTo(400);
        assertThat(body).contains("[" + bad + "]");
        String filter = "filter=%7B%22source%22%3A%7B%22%24eq%22%3A%22" + source + "%22%7D%7D";
        assertThat(send("GET", "/api/v2/events", filter, "").body()).asString().contains("\"items\":[]");
    }

    private static String flawed(String event, String flaw) {
        String field = flaw.substring(0, flaw.indexOf(':'));
        String without = event.replaceAll(java.util.regex.Pattern.quote(field) + ":\"[^\"]*\",?", "");
        return without.replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement("{" + flaw + ","))
                .replace(",}", "}");
    }

    private HttpReply send(String method, String path, @Nullable String query, String body) {
        return door().handle(new HttpRequest(
                method,
                path,
                query,
                Headers.of("Content-Type", "application/cloudevents-batch+json"),
                body.getBytes(StandardCharsets.UTF_8)));
    }
}
