package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.WebhookReceiver.Received;
import dev.odometer.conformance.aws.Answer;
import dev.odometer.conformance.aws.LambdaProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notifications from end to end: usage is counted or an invoice is made, an alert is raised, and a receiver gets it while
 * another receiver never responds.
 */
@EnabledOnOs(OS.LINUX)
class NotificationDeliveryIT {

    private static final String DATABASE = "notified";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    private static WebhookReceiver receiver;
    private static PackagedService service;
    private static HashMap<String, String> settings;

    @BeforeAll
    static void start() throws Exception {
        receiver = new WebhookReceiver();
        settings = new HashMap<>(Databases.fresh(DATABASE));
        settings.put("ODOMETER_NOTIFICATIONS_ALLOW_PRIVATE_ADDRESSES", "true");
        service = new PackagedService(folder.resolve("data"), settings);
        service.awaitHealthy();
        service.posted("/api/v1/meters", "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}");
        String channels = "[\"" + channel("/good") + "\",\"" + channel("/slow") + "\"]";
        service.posted("/api/v1/notification/rules", """
                {"type":"meters.usage.threshold","name":"many calls","channels":%s,"meter":"calls","windowSize":"MONTH",
                "subjects":["http","sqs","crash"],"thresholds":[{"type":"usage_value","value":2}]}
                """.formatted(channels));
    }

    private static String channel(String path) throws Exception {
        return id(service.posted(
                "/api/v1/notification/channels", """
                {"type":"WEBHOOK","name":"%s","url":"%s","signingSecret":"%s"}
                """.formatted(path, receiver.url(path), WebhookReceiver.SECRET)));
    }

    private static String id(String resource) {
        return JSON.readTree(resource).get("id").asString();
    }

    @AfterAll
    static void stop() {
        service.close();
        receiver.close();
    }

    private static Stream<String> events(String subject) {
        return IntStream.range(0, 3).mapToObj(n -> """
                        {"specversion":"1.0","id":"%d","source":"%s","type":"call","subject":"%s"}""".formatted(n, subject, subject));
    }

    private static void send(String subject) {
        assertThat(service.post(
                        "/api/v1/events",
                        "application/cloudevents-batch+json",
                        events(subject).collect(Collectors.joining(",", "[", "]"))))
                .isEqualTo(204);
    }

    private static JsonNode raised(String subject) throws Exception {
        return JSON.readTree(
                service.get("/api/v1/notification/events?subject=" + subject).body());
    }

    private static void assertAbout(Received delivery, String subject) {
        JsonNode payload = JSON.readTree(delivery.body());
        assertThat(payload.at("/id").asString()).isEqualTo(delivery.id());
        assertThat(payload.at("/type").asString()).isEqualTo("meters.usage.threshold");
        assertThat(payload.at("/data/subject/key").asString()).isEqualTo(subject);
        assertThat(payload.at("/data/value").decimalValue()).isEqualByComparingTo("3");
        assertThat(receiver.unsigned()).isEmpty();
    }

    /** The other receiver of the alert never responds. */
    @Test
    void deliversAnAlertOfUsageOverHttp() throws Exception {
        send("http");

        assertAbout(receiver.next(), "http");

        send("http");
        assertThat(raised("http").get("totalCount").asInt()).isEqualTo(1);
    }

    @Test
    void deliversAnAlertOfAnExhaustedBalance() throws Exception {
        service.posted("/api/v1/features", "{\"key\":\"calls\",\"name\":\"Calls\",\"meterSlug\":\"calls\"}");
        service.posted("/api/v1/subjects/balance/entitlements", """
                {"type":"metered","featureKey":"calls","usagePeriod":{"interval":"MONTH"},"issueAfterReset":2}""");
        service.posted("/api/v1/notification/rules", """
                {"type":"entitlements.balance.threshold","name":"used up","channels":["%s"],
                "thresholds":[{"type":"usage_percentage","value":50},{"type":"usage_percentage","value":100}]}
                """.formatted(channel("/good")));
        send("balance");

        Received delivery = receiver.next();
        JsonNode payload = JSON.readTree(delivery.body());
        assertThat(payload.at("/type").asString()).isEqualTo("entitlements.balance.threshold");
        assertThat(payload.at("/data/customer/key").asString()).isEqualTo("balance");
        assertThat(payload.at("/data/threshold/value").decimalValue()).isEqualByComparingTo("100");
        assertThat(payload.at("/data/value").toString())
                .isEqualTo(
                        "{\"hasAccess\":false,\"balance\":0,\"usage\":3,\"overage\":1,\"totalAvailableGrantAmount\":2}");
        assertThat(receiver.unsigned()).isEmpty();
        send("balance");
        JsonNode raised = raised("balance");
        assertThat(raised.get("totalCount").asInt()).isEqualTo(1);
        assertThat(raised.at("/items/0/payload")).isEqualTo(payload);
        assertEqualToTheApi(payload.get("data"));
    }

    private static void assertEqualToTheApi(JsonNode data) throws Exception {
        assertThat(data.get("subject")).isEqualTo(got("/api/v1/subjects/", data.at("/subject/id")));
        assertThat(data.get("customer")).isEqualTo(got("/api/v1/customers/", data.at("/customer/id")));
        assertThat(data.get("feature")).isEqualTo(got("/api/v1/features/", data.at("/feature/id")));
        assertThat(data.get("entitlement")).isEqualTo(got("/api/v1/entitlements/", data.at("/entitlement/id")));
    }

    @Test
    void deliversAnInvoiceAsTheApiShowsIt() throws Exception {
        for (String type : List.of("invoice.created", "invoice.updated")) {
            service.posted("/api/v1/notification/rules", """
                    {"type":"%s","name":"billed","channels":["%s"]}""".formatted(type, channel("/good")));
        }
        service.posted("/api/v1/billing/profiles", """
                {"name":"approved","supplier":{"name":"Seller"},"default":true,
                "workflow":{"invoicing":{"autoAdvance":false}}}""");
        String customer = id(service.posted("/api/v1/customers", "{\"key\":\"invoiced\",\"name\":\"Acme\"}"));
        service.posted("/api/v1/billing/customers/" + customer + "/invoices/pending-lines", """
                {"currency":"USD","lines":[{"name":"Support","invoiceAt":"2026-01-01T00:00:00Z",
                "period":{"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"},
                "price":{"type":"flat","amount":"25"}}]}""");
        service.posted("/api/v1/billing/invoices/invoice", "{\"customerId\":\"" + customer + "\"}");

        JsonNode created = JSON.readTree(receiver.next().body());
        assertThat(created.get("type").asString()).isEqualTo("invoice.created");
        assertThat(created.at("/data/lines/0/totals/total").asString()).isEqualTo("25.00");
        assertThat(created.get("data")).isEqualTo(got("/api/v1/billing/invoices/", created.at("/data/id")));

        service.posted("/api/v1/billing/invoices/" + created.at("/data/id").asString() + "/approve", "");

        JsonNode updated = JSON.readTree(receiver.next().body());
        assertThat(updated.get("type").asString()).isEqualTo("invoice.updated");
        assertThat(updated.at("/data/number").asString()).isEqualTo("INV-1");
        assertThat(updated.get("data")).isEqualTo(got("/api/v1/billing/invoices/", created.at("/data/id")));
        assertThat(receiver.unsigned()).isEmpty();
    }

    private static JsonNode got(String path, JsonNode id) throws Exception {
        return JSON.readTree(service.get(path + id.asString()).body());
    }

    @Test
    void deliversAnAlertOfUsageFromALambdaQueue() throws Exception {
        String batch = events("sqs")
                .map(event -> """
                        {"messageId":"m","receiptHandle":"r","body":%s,"attributes":{"ApproximateReceiveCount":"1"},
                        "messageAttributes":{},"md5OfBody":"0","eventSource":"aws:sqs","awsRegion":"eu-central-1",
                        "eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:usage"}
                        """.formatted(JSON.writeValueAsString(event)))
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
        try (var instance = LambdaProcess.start(settings)) {
            Answer answer = instance.invoke(batch.getBytes(UTF_8));
            assertThat(answer.failed()).as(answer.text()).isFalse();
            assertThat(answer.text()).doesNotContain("itemIdentifier");
        }
        assertThat(Databases.number(DATABASE, "select count(*) from parked_item"))
                .isZero();

        assertAbout(receiver.next(), "sqs");
    }

    @Test
    void deliversAtLeastOnceAndRaisesOnceAcrossACrash() throws Exception {
        receiver.respondWith(500);
        send("crash");
        Received first = receiver.next();
        assertAbout(first, "crash");

        receiver.respondWith(204);
        service.killServiceAndStartAgain();
        service.awaitHealthy();
        send("crash");

        assertThat(receiver.next()).isEqualTo(first);
        JsonNode raised = raised("crash");
        assertThat(raised.get("totalCount").asInt()).isEqualTo(1);
        assertThat(raised.at("/items/0/id").asString()).isEqualTo(first.id());
    }
}
