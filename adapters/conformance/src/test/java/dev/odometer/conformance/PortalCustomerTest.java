package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a portal token shows of a customer follows its subject, and ends at the customer. */
class PortalCustomerTest {

    private static final String ACCESS = "/api/v1/portal/access";
    private static final String INVOICES = "/api/v1/portal/invoices";
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private ConfigurableApplicationContext app = InMemoryApp.start();

    @BeforeEach
    void setUp() {
        app.close();
        app = InMemoryApp.start();
        call("POST", "/api/v1/features", "{'key':'sso','name':'Sign-on'}");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private HttpReply send(String method, String path, String token, String body) {
        Headers headers = Headers.of("Content-Type", "application/json");
        return InMemoryApp.door(app)
                .handle(new HttpRequest(
                        method,
                        path,
                        null,
                        token.isEmpty() ? headers : headers.with("Authorization", "Bearer " + token),
                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode call(String method, String path, String body) {
        HttpReply reply = send(method, path, "", body);
        assertThat(reply.status())
                .as(new String(reply.body(), StandardCharsets.UTF_8))
                .isBetween(200, 204);
        return reply.body().length == 0 ? Case.JSON.nullNode() : Case.JSON.readTree(reply.body());
    }

    private JsonNode portal(String path, String token) {
        HttpReply reply = send("GET", path, token, "");
        assertThat(reply.status()).isEqualTo(200);
        return Case.JSON.readTree(reply.body());
    }

    private String customer(String key, String subjects) {
        return call("POST", "/api/v1/customers", customerBody(key, subjects))
                .path("id")
                .asString();
    }

    private static String customerBody(String key, String subjects) {
        return "{'key':'%s','name':'%s','usageAttribution':{'subjectKeys':[%s]}}".formatted(key, key, subjects);
    }

    private String token(String subject) {
        String body = "{'subject':'%s','allowAccess':true,'allowInvoices':true}".formatted(subject);
        return call("POST", "/api/v1/portal/tokens", body).path("token").asString();
    }

    private String draft(String customerId) {
        call(
                "POST",
                "/api/v1/billing/customers/" + customerId + "/invoices/pending-lines",
                "{'currency':'USD','lines':[{'name':'Fee','period':{'from':'%s','to':'%s'},'invoiceAt':'%s','price':{'type':'flat','amount':'5'}}]}"
                        .formatted(now.minusSeconds(9), now, now));
        return call("POST", "/api/v1/billing/invoices/invoice", "{'customerId':'%s'}".formatted(customerId))
                .path(0)
                .path("id")
                .asString();
    }

    private void approve(String invoice) {
        call("POST", "/api/v1/billing/invoices/" + invoice + "/approve", "");
    }

    private void finds(int status, String invoice, String token) {
        assertThat(send("GET", INVOICES + "/" + invoice, token, "").status()).isEqualTo(status);
        assertThat(portal(INVOICES, token).path("totalCount").asInt()).isEqualTo(status == 200 ? 1 : 0);
    }

    @Test
    void aDeletedDraftIsNotFound() {
        String acme = customer("acme", "'a1'");
        String token = token("a1");
        String draft = draft(acme);

        finds(404, draft, token);
        call("DELETE", "/api/v1/billing/invoices/" + draft, "");
        finds(404, draft, token);
    }

    @Test
    void aSubjectThatMovesShowsItsNewCustomer() {
        String acme = customer("acme", "'a1','a2'");
        String rival = customer("rival", "'r1'");
        call("POST", "/api/v2/customers/" + acme + "/entitlements", "{'type':'boolean','featureKey':'sso'}");
        String ofAcme = draft(acme);
        approve(ofAcme);
        String token = token("a1");
        finds(200, ofAcme, token);
        assertThat(portal(ACCESS, token).path("entitlements").size()).isEqualTo(1);

        call("PUT", "/api/v1/customers/" + acme, customerBody("acme", "'a2'"));
        finds(404, ofAcme, token);
        assertThat(portal(ACCESS, token).path("entitlements").size()).isZero();

        call("PUT", "/api/v1/customers/" + rival, customerBody("rival", "'r1','a1'"));
        finds(404, ofAcme, token);
        String ofRival = draft(rival);
        approve(ofRival);
        finds(200, ofRival, token);
        finds(200, ofAcme, token("a2"));
    }

    @Test
    void aDeletedCustomerShowsNothing() {
        String acme = customer("acme", "'a1'");
        String invoice = draft(acme);
        approve(invoice);
        String token = token("a1");
        finds(200, invoice, token);

        call("DELETE", "/api/v1/customers/" + acme, "");

        finds(404, invoice, token);
        assertThat(portal(ACCESS, token).path("entitlements").size()).isZero();
    }

    /** A subject is no key and no id of a customer. */
    @Test
    void aTokenForAKeyOfACustomerShowsNothing() {
        String acme = customer("acme", "'a1'");
        String invoice = draft(acme);
        approve(invoice);

        finds(404, invoice, token(acme));
        finds(404, invoice, token(invoice));
    }

    @Test
    void anInvoiceIsADocumentByItsAcceptHeader() {
        String acme = customer("acme", "'a1'");
        String invoice = draft(acme);
        approve(invoice);
        Headers headers = Headers.of("Authorization", "Bearer " + token("a1"));

        for (String type : new String[] {"text/csv", "text/html", "application/json"}) {
            HttpReply reply = InMemoryApp.door(app)
                    .handle(new HttpRequest(
                            "GET", INVOICES + "/" + invoice, null, headers.with("Accept", type), new byte[0]));
            assertThat(reply.status()).as(type).isEqualTo(200);
            assertThat(reply.headers().first("Content-Type").orElseThrow()).startsWith(type);
            assertThat(new String(reply.body(), StandardCharsets.UTF_8))
                    .contains("Fee")
                    .doesNotContain("sandbox");
        }
    }
}
