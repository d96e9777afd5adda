package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.stripe.FakeStripe;
import dev.odometer.stripe.FakeStripe.Fault;
import dev.odometer.stripe.StripeInvoice;
import dev.odometer.stripe.StripeItem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Invoices from end to end: a service issues them and hands them over to a server that plays Stripe's API. */
@EnabledOnOs(OS.LINUX)
class StripeHandOffIT {

    private static final String DATABASE = "handed_over";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static FakeStripe stripe;
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        stripe = new FakeStripe();
        stripe.setNow(Instant.now());
        var settings = new HashMap<>(Databases.fresh(DATABASE));
        settings.put("ODOMETER_STRIPE_URL", stripe.url());
        settings.put("ODOMETER_STRIPE_API_KEY", FakeStripe.KEY);
        settings.put("ODOMETER_BILLING_HAND_OFF_FROM", "2020-01-01T00:00:00Z");
        settings.put("ODOMETER_PUSH", "open");
        settings.put("ODOMETER_SCHEDULES_ENABLED", "false");
        service = new PackagedService(folder.resolve("data"), settings);
        service.awaitHealthy();
        service.posted("/api/v1/customers", customer("mapped", "{\"stripeCustomerId\":\"cus_acme\"}"));
        service.posted("/api/v1/customers", customer("unmapped", "{}"));
    }

    private static String customer(String key, String metadata) {
        return """
                {"key":"%s","name":"%s","usageAttribution":{"subjectKeys":["%s-s"]},"metadata":%s}
                """.formatted(key, key, key, metadata);
    }

    @AfterAll
    static void stop() {
        service.close();
        stripe.close();
    }

    private static String issued(String customer, String... amounts) throws Exception {
        for (String amount : amounts) {
            service.posted("/api/v1/billing/customers/" + customer + "/invoices/pending-lines", """
                    {"currency":"USD","lines":[{"name":"Fee","period":{"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"},
                    "invoiceAt":"2026-02-01T00:00:00Z","price":{"type":"flat","amount":"%s","paymentTerm":"in_advance"}}]}
                    """.formatted(amount));
        }
        String id = JSON.readTree(service.get("/api/v1/customers/" + customer).body())
                .get("id")
                .asString();
        JsonNode drafts =
                JSON.readTree(service.posted("/api/v1/billing/invoices/invoice", "{\"customerId\":\"" + id + "\"}"));
        String draft = drafts.get(0).get("id").asString();
        service.posted("/api/v1/billing/invoices/" + draft + "/approve", "");
        return draft;
    }

    private static int tick() {
        return service.post("/schedules/handOverInvoices?due=" + Instant.now(), "application/json", "");
    }

    private static JsonNode found(String invoice) throws Exception {
        return JSON.readTree(service.get("/api/v1/billing/invoices/" + invoice).body());
    }

    private static void assertHandedOverOnce(String invoice, Long... amounts) throws Exception {
        List<StripeInvoice> all = stripe.account.invoices.values().stream()
                .filter(one -> one.parameter("metadata[odometer_invoice]").equals(invoice))
                .toList();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).status).isEqualTo("open");
        assertThat(stripe.account.itemsOf(all.get(0).id))
                .extracting(StripeItem::amount)
                .containsExactlyInAnyOrder(amounts);
        JsonNode shown = found(invoice);
        assertThat(shown.at("/externalIds/invoicing").asString("")).isEqualTo(all.get(0).id);
        assertThat(shown.has("validationIssues")).isFalse();
    }

    @Test
    void showsWhyAnInvoiceWaits() throws Exception {
        String invoice = issued("unmapped", "5.00");

        assertThat(tick()).isEqualTo(204);

        JsonNode issue = found(invoice).at("/validationIssues/0");
        assertThat(issue.get("code").asString()).isEqualTo("hand_off_waiting");
        assertThat(issue.get("message").asString()).isEqualTo("the customer has no metadata stripeCustomerId");
        String retried = service.posted("/api/v1/billing/invoices/" + invoice + "/retry", "");
        assertThat(JSON.readTree(retried).has("validationIssues")).isFalse();
        assertThat(tick()).isEqualTo(204);
        assertThat(found(invoice).at("/validationIssues/0/code").asString()).isEqualTo("hand_off_waiting");
    }

    @Test
    void voidsTheInvoiceInStripe() throws Exception {
        String invoice = issued("mapped", "7.00");
        assertThat(tick()).isEqualTo(204);
        assertHandedOverOnce(invoice, 700L);

        service.posted(
                "/api/v1/billing/invoices/" + invoice + "/void",
                "{\"action\":{\"percentage\":100,\"action\":{\"type\":\"discard\"}},\"reason\":\"A mistake\"}");
        assertThat(tick()).isEqualTo(204);

        String id = found(invoice).at("/externalIds/invoicing").asString();
        assertThat(stripe.account.invoices)
                .hasEntrySatisfying(id, one -> assertThat(one.status).isEqualTo("void"));
    }

    /** Kills the service while Stripe has its request, before (HANGING) or after (SLOW) the request has its effect. */
    @ParameterizedTest
    @CsvSource({"0, HANGING", "0, SLOW", "2, HANGING", "2, SLOW", "5, SLOW", "6, HANGING", "6, SLOW"})
    void survivesAKill(int request, Fault fault) throws Exception {
        String invoice = issued("mapped", "1.00", "0.05", "20.30");
        int last = stripe.received.size() + request;
        stripe.plan(last, fault);

        CompletableFuture<Integer> tick = CompletableFuture.supplyAsync(StripeHandOffIT::tick);
        awaitRequest(last);
        service.killServiceAndStartAgain();
        service.awaitHealthy();
        tick.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        endLeases();
        assertThat(tick()).isEqualTo(204);

        assertHandedOverOnce(invoice, 100L, 5L, 2030L);
    }

    private static void awaitRequest(int number) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (stripe.received.size() <= number && Instant.now().isBefore(end)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(stripe.received).hasSizeGreaterThan(number);
    }

    /** As if five minutes had passed. */
    private static void endLeases() {
        Databases.run(DATABASE, "update invoice_hand_off set ready_at = 0 where lease is not null");
    }
}
