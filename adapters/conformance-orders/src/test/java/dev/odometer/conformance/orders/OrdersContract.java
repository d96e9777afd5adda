package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service does on every platform that receives requests, messages, files and ticks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OrdersContract {

    /** Settings for all platforms: an order that is not paid at a tick is canceled. */
    static final Map<String, String> SETTINGS = Map.of("ORDERS_TIME_TO_PAY", "0s");

    private static final JsonMapper JSON = new JsonMapper();

    private @Nullable Service service;

    abstract Service start() throws Exception;

    @BeforeAll
    void begin() throws Exception {
        service = start();
    }

    @AfterAll
    void end() throws Exception {
        if (service != null) {
            service.close();
        }
    }

    private Service service() {
        if (service == null) {
            throw new IllegalStateException("the service did not start");
        }
        return service;
    }

    private HttpReply get(String path, @Nullable String query) throws Exception {
        return service().send(new HttpRequest("GET", path, query, Headers.NONE, new byte[0]));
    }

    private HttpReply place(String order) throws Exception {
        Headers json = Headers.of("Content-Type", "application/json");
        return service().send(new HttpRequest("POST", "/orders", null, json, order.getBytes(UTF_8)));
    }

    /** The id of a new order of two packs of tea for 9.00. */
    private String placed(String customer) throws Exception {
        HttpReply reply = place("{\"customer\":\"" + customer + "\",\"sku\":\"tea\",\"quantity\":2}");
        assertThat(reply.status()).as(text(reply)).isEqualTo(201);
        return read(reply).path("id").asString();
    }

    private String status(String id) throws Exception {
        return read(get("/orders/" + id, null)).path("status").asString();
    }

    private static JsonNode read(HttpReply reply) {
        return JSON.readTree(text(reply));
    }

    private static String text(HttpReply reply) {
        return new String(reply.body(), UTF_8);
    }

    /** An event in structured mode. */
    static String payment(String orderId, String amount) {
        return """
                {"specversion":"1.0","id":"1","source":"bank","type":"payment",
                "data":{"orderId":"%s","amount":%s}}""".formatted(orderId, amount);
    }

    @Test
    void readsTheBodyAndThePath() throws Exception {
        String id = placed("acme");

        HttpReply reply = get("/orders/" + id, null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply))
                .startsWith("{\"id\":\"" + id + "\",\"customer\":\"acme\",\"sku\":\"tea\",\"quantity\":2,"
                        + "\"total\":9.00,\"status\":\"PLACED\",\"placedAt\":\"");
    }

    @Test
    void readsTheQuery() throws Exception {
        placed("hooli");
        placed("hooli");
        placed("other");

        assertThat(read(get("/orders", "customer=hooli"))).hasSize(2);
        assertThat(read(get("/orders", "customer=hooli&limit=1"))).hasSize(1);
    }

    @Test
    void refusesAWrongValueWithASentence() throws Exception {
        HttpReply reply = place("{\"customer\":\"acme\",\"sku\":\"tea\",\"quantity\":0}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply)).contains("quantity must be between 1 and 1000: 0");
    }

    @Test
    void answersThatAnOrderIsNotFound() throws Exception {
        HttpReply reply = get("/orders/unknown", null);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(text(reply)).contains("order not found: unknown");
    }

    @Test
    void takesAnEventThatIsDeliveredTwice() throws Exception {
        String id = placed("acme");

        service().deliver(payment(id, "9.00"));
        service().deliver(payment(id, "9.00"));

        assertThat(status(id)).isEqualTo("PAID");
    }

    @Test
    void storesAPoisonEventWithTheReason() throws Exception {
        String poison = payment("poison", "-1");

        service().deliver(poison);

        assertThat(service().deadLetters()).contains("data.amount must be positive: -1\n\n" + poison);
    }

    @Test
    void storesAMessageThatIsNoCloudEvent() throws Exception {
        String plain = "{\"orderId\":\"plain\",\"amount\":9.00}";

        service().deliver(plain);

        assertThat(service().deadLetters()).contains("specversion is required\n\n" + plain);
    }

    @Test
    void callsTheSchedule() throws Exception {
        String unpaid = placed("acme");
        String paid = placed("acme");
        service().deliver(payment(paid, "9.00"));

        service().tick(Instant.now());

        assertThat(status(unpaid)).isEqualTo("CANCELED");
        assertThat(status(paid)).isEqualTo("PAID");
    }

    @Test
    void takesAFile() throws Exception {
        service().upload("coffee.csv", "coffee,7.50\nmilk,1.20\n");

        HttpReply reply = place("{\"customer\":\"acme\",\"sku\":\"coffee\",\"quantity\":3}");
        assertThat(reply.status()).as(text(reply)).isEqualTo(201);
        assertThat(text(reply)).contains("\"total\":22.50");
    }

    @Test
    void storesThatAFileIsWrong() throws Exception {
        service().upload("wrong.csv", "coffee,7.50\nmilk\n");

        assertThat(service().deadLetters())
                .anyMatch(letter -> letter.startsWith("line 2 must be a sku and a price: milk\n\n")
                        && letter.contains("wrong.csv"));
    }
}
