package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.costs.GetCosts;
import dev.odometer.api.functions.costs.GetCosts.FunctionCosts;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Tick;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Self-metering counts each invocation of each door once. */
class SelfMeteringTest {

    private static final String[] ON = {
        "odometer.self-metering.enabled=true", "odometer.self-metering.interval=0s", "odometer.platform=test"
    };

    private static ConfigurableApplicationContext start(String... more) {
        return InMemoryApp.start(Stream.of(ON, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static void send(ConfigurableApplicationContext app, String method, String path, String body) {
        Headers headers = Headers.of("Content-Type", "application/cloudevents-batch+json");
        InMemoryApp.door(app).handle(new HttpRequest(method, path, null, headers, body.getBytes(UTF_8)));
    }

    private static String events(String... ids) {
        return Stream.of(ids).map(SelfMeteringTest::event).toList().toString();
    }

    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"acme\"}";
    }

    private static List<FunctionCosts> costs(ConfigurableApplicationContext app) {
        return app.getBean(GetCosts.class)
                .apply(new GetCosts.Input(null, null, null, null))
                .functions();
    }

    @Test
    void countsRequests() {
        try (var app = start()) {
            for (int i = 0; i < 5; i++) {
                send(app, "GET", "/api/v1/meters", "");
            }
            send(app, "POST", "/api/v1/events", events("1", "2", "3"));
            send(app, "POST", "/api/v1/events", "not JSON");
            send(app, "GET", "/api/v1/none", "");

            assertThat(costs(app))
                    .extracting(
                            FunctionCosts::function,
                            FunctionCosts::platform,
                            FunctionCosts::trigger,
                            costs -> costs.invocations().intValueExact(),
                            costs -> costs.events().intValueExact())
                    .containsExactly(
                            tuple("ingestEvents", "test", "http", 2, 3),
                            tuple("listMeters", "test", "http", 5, 0),
                            tuple("none", "test", "http", 1, 0));
            assertThat(costs(app).get(1).bytesOut().intValueExact()).isPositive();
            assertThat(costs(app).get(0).costs()).hasSize(5);
        }
    }

    @Test
    void countsBatchesAndTicks() {
        try (var app = start("odometer.retention.exports-days=7")) {
            List<Delivery<Item>> deliveries = Stream.of("1", "2", "1")
                    .map(id -> Item.json(id, null, event(id).getBytes(UTF_8)))
                    .map(item -> Delivery.of(new DeliverySource("usage", "test"), item))
                    .toList();
            app.getBean(BatchProcessor.class).process(deliveries, ReportMode.FAILED_ITEMS, Deadline.NONE);
            app.getBean(ScheduleDoor.class).tick(new Tick("applyRetention", Instant.EPOCH), Deadline.NONE);

            assertThat(costs(app))
                    .extracting(
                            FunctionCosts::function,
                            FunctionCosts::trigger,
                            costs -> costs.invocations().intValueExact(),
                            costs -> costs.events().intValueExact())
                    .containsExactly(tuple("applyRetention", "schedule", 1, 0), tuple("recordUsage", "messages", 1, 3));
        }
    }

    @Test
    void countsAPushOnce() {
        try (var app = start("odometer.push=on")) {
            send(app, "POST", "/channels/usage", events("1", "2"));

            assertThat(costs(app))
                    .extracting(
                            FunctionCosts::function,
                            FunctionCosts::trigger,
                            costs -> costs.invocations().intValueExact())
                    .containsExactly(tuple("recordUsage", "messages", 1));
        }
    }

    @Test
    void countsNothingUnlessItIsOn() {
        try (var app = InMemoryApp.start()) {
            send(app, "GET", "/api/v1/meters", "");

            assertThatThrownBy(() -> costs(app)).hasMessageContaining("set odometer.self-metering.enabled to true");
        }
    }

    @Test
    void pricesAnotherPriceList(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("prices.csv");
        Files.writeString(file, """
                offer,item,amount,per,region,known,source
                ours,invocation,2.50,1,here,2026-11-30,https://example.com
                """);
        try (var app = start("odometer.costs.prices=" + file)) {
            send(app, "GET", "/api/v1/none", "");

            assertThat(costs(app).get(0).costs()).containsExactly(new GetCosts.OfferCost("ours", "here", "2.5", null));
        }
    }

    @Test
    void refusesAWrongPriceListAtStart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("prices.csv"), "offer,price\n");

        assertThatThrownBy(() -> start("odometer.costs.prices=" + file).close())
                .hasRootCauseInstanceOf(StartRefusal.class)
                .rootCause()
                .hasMessageContaining("odometer.costs.prices")
                .hasMessageContaining("line 1: the columns must be offer,item");
        assertThatThrownBy(() ->
                        start("odometer.costs.prices=" + folder.resolve("none")).close())
                .rootCause()
                .hasMessageContaining("the file cannot be read");
    }
}
