package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.springframework.context.ConfigurableApplicationContext;

/** Responses of the service on PostgreSQL equal those of the same functions on in-memory stores, byte for byte. */
class HttpOracleIT {

    private static final ConfigurableApplicationContext MEMORY = InMemoryApp.start();
    private static final Instant START = Instant.parse("2026-03-28T20:00:00Z");
    private static final List<String> VALUES = List.of(
            "1",
            "0.1",
            "-2.50",
            "1e3",
            "9007199254740993",
            "123456789012345678901234567890.5",
            "\"7.25\"",
            "\"NaN\"",
            "\"x\"",
            "null",
            "true",
            "{}",
            "1e-7",
            "0",
            "\"-Inf\"");
    private static final List<String> AGGREGATIONS =
            List.of("SUM", "COUNT", "AVG", "MIN", "MAX", "UNIQUE_COUNT", "LATEST");

    private final Random random = new Random();

    @AfterContainer
    static void stop() {
        MEMORY.close();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void returnsTheSameBytes(@ForAll long seed) {
        random.setSeed(seed);
        String type = "oracle-" + Long.toHexString(seed) + "-" + System.nanoTime();
        List<String> events = events(type);
        int meters = 0;
        for (int from = 0; from < events.size(); ) {
            if (meters < AGGREGATIONS.size() && random.nextInt(3) == 0) {
                create(type, meters++);
            }
            int to = Math.min(events.size(), from + 1 + random.nextInt(30));
            String batch = "[" + String.join(",", events.subList(from, to)) + "]";
            assertSame("POST", "/api/v1/events", "application/cloudevents-batch+json", batch);
            from = to;
        }
        while (meters < AGGREGATIONS.size()) {
            create(type, meters++);
        }
        for (int i = 0; i < 15; i++) {
            query(type);
        }
        String filter = URLEncoder.encode("{\"type\":{\"$eq\":\"" + type + "\"}}", StandardCharsets.UTF_8);
        String list = "/api/v2/events?limit=100&filter=" + filter;
        assertThat(ids(HttpDoors.LOCAL, list)).containsExactlyElementsOf(ids(HttpDoors.MEMORY, list));
    }

    private List<String> events(String type) {
        var events = new ArrayList<String>();
        int count = 20 + random.nextInt(120);
        for (int i = 0; i < count; i++) {
            String id = random.nextInt(8) == 0 ? "e" + random.nextInt(count) : "e" + i;
            events.add("{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"" + type + pick(List.of("", "-a"))
                    + "\",\"type\":\"" + type + "\",\"subject\":\"" + pick(List.of("acme", "globex", "ü\uD83D\uDE00"))
                    + "\",\"time\":\"" + time() + "\",\"data\":{\"value\":" + pick(VALUES) + ",\"model\":"
                    + pick(List.of("\"a\"", "\"b\"", "null", "true", "12.50", "{}")) + "}}");
        }
        Collections.shuffle(events, random);
        return events;
    }

    private Instant time() {
        return START.plusSeconds(random.nextInt(4 * 86_400)).plusMillis(pick(List.of(0, 1, 999)));
    }

    private void create(String type, int number) {
        String aggregation = AGGREGATIONS.get(number);
        String value = aggregation.equals("COUNT") ? "" : ",\"valueProperty\":\"$.value\"";
        String meter = "{\"slug\":\"" + slug(type, number) + "\",\"aggregation\":\"" + aggregation
                + "\",\"eventType\":\"" + type + "\",\"groupBy\":{\"model\":\"$.model\"}" + value + "}";
        for (HttpDoor door : List.of(HttpDoors.MEMORY, HttpDoors.LOCAL)) {
            assertThat(door.handle(request("POST", "/api/v1/meters", "application/json", meter))
                            .status())
                    .isEqualTo(201);
        }
    }

    private static String slug(String type, int number) {
        return type.replace('-', '_') + "_" + number;
    }

    private void query(String type) {
        var parameters = new ArrayList<String>();
        if (random.nextInt(3) > 0) {
            parameters.add("windowSize=" + pick(List.of("MINUTE", "HOUR", "DAY", "MONTH")));
            parameters.add(
                    "windowTimeZone=" + pick(List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe")));
        }
        if (random.nextBoolean()) {
            parameters.add("from=" + START.plusSeconds(random.nextInt(86_400)));
        }
        if (random.nextBoolean()) {
            parameters.add("to=" + START.plusSeconds(86_401 + random.nextInt(3 * 86_400)));
        }
        Collections.addAll(
                parameters,
                some("groupBy=model"),
                some("groupBy=subject"),
                some("subject=acme"),
                some("filterGroupBy[model]=a"));
        parameters.removeIf(String::isEmpty);
        String path = "/api/v1/meters/" + slug(type, random.nextInt(AGGREGATIONS.size())) + "/query";
        assertSame("GET", path + "?" + String.join("&", parameters), pick(List.of("application/json", "text/csv")), "");
    }

    private String some(String parameter) {
        return random.nextInt(3) == 0 ? parameter : "";
    }

    private static void assertSame(String method, String target, String type, String body) {
        HttpReply memory = HttpDoors.MEMORY.handle(request(method, target, type, body));
        HttpReply local = HttpDoors.LOCAL.handle(request(method, target, type, body));

        assertThat(new String(local.body(), StandardCharsets.UTF_8))
                .as(target)
                .isEqualTo(new String(memory.body(), StandardCharsets.UTF_8));
        assertThat(local.status()).isEqualTo(memory.status()).isBetween(200, 299);
    }

    private static List<String> ids(HttpDoor door, String target) {
        return Case.JSON
                .readTree(door.handle(request("GET", target, "application/json", ""))
                        .body())
                .findValuesAsString("id");
    }

    private static HttpRequest request(String method, String target, String type, String body) {
        int mark = target.indexOf('?');
        Headers headers = Headers.of("Content-Type", type).with("Accept", type.startsWith("text") ? type : "*/*");
        return new HttpRequest(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                headers,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** The two doors whose responses must be equal. */
    private static final class HttpDoors {
        static final HttpDoor MEMORY = InMemoryApp.door(HttpOracleIT.MEMORY);
        static final HttpDoor LOCAL = LocalServer.context().getBean(HttpDoor.class);
    }
}
