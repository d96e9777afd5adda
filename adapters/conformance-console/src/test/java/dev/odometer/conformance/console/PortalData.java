package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Data of the portal, of the service that {@link ConsoleServer#embedded} starts. */
final class PortalData {

    /** Everything that a token can allow. */
    static final String ALL = "\"allowAccess\":true,\"allowInvoices\":true";

    private PortalData() {}

    static String call(String method, String path, String body) {
        return Api.call(ConsoleServer.embedded(), method, path, body.replace('\'', '"'));
    }

    /** A customer with the subject acme: usage, limits and an invoice. It is made once. */
    static void aCustomer() {
        assertThat(Once.MADE).isTrue();
    }

    private static final class Once {
        private static final boolean MADE = make();
    }

    private static boolean make() {
        call(
                "POST",
                "/api/v1/meters",
                "{'slug':'tokens','name':'Tokens','aggregation':'SUM','eventType':'prompt','valueProperty':'$.n','groupBy':{'model':'$.model'}}");
        call(
                "POST",
                "/api/v1/meters",
                "{'slug':'prompts','name':'Prompts','aggregation':'COUNT','eventType':'prompt'}");
        String customer = customer("Acme Inc.", "acme");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int day = 0; day < 20; day++) {
            use("acme", day, now.minus(day, ChronoUnit.DAYS), 100 + day, day % 3 == 0 ? "large" : "small");
        }
        use("globex", 0, now, 7000, "secret");
        feature(customer, "tokens", "Tokens", 2500);
        feature(customer, "prompts", "Prompts", 21);
        feature(customer, "storage", "Storage", 0);
        call("POST", "/api/v1/features", "{'key':'sso','name':'Single sign-on'}");
        call("POST", entitlements(customer), "{'type':'boolean','featureKey':'sso'}");
        invoice(customer, "Support");
        return true;
    }

    static String customer(String name, String subject) {
        String body = "{'name':'" + name + "','usageAttribution':{'subjectKeys':['" + subject + "']}}";
        String id = Api.text(call("POST", "/api/v1/customers", body), "id");
        String profile =
                "{'name':'Standard','supplier':{'name':'Seller GmbH','taxId':{'code':'DE123456789'},'addresses':"
                        + "[{'country':'DE','postalCode':'10115','city':'Berlin','line1':'Invalidenstr. 1'}]},'workflow':{'invoicing':"
                        + "{'autoAdvance':false,'dueAfter':'P14D'},'payment':{'collectionMethod':'send_invoice'}},"
                        + "'tax':{'category':'standard','percent':19}}";
        String profileId = Api.text(call("POST", "/api/v1/billing/profiles", profile), "id");
        call("PUT", "/api/v1/billing/customers/" + id, "{'billingProfileId':'" + profileId + "'}");
        return id;
    }

    private static String entitlements(String customer) {
        return "/api/v2/customers/" + customer + "/entitlements";
    }

    static void feature(String customer, String key, String name, int allowance) {
        String meter = key.equals("storage") ? "tokens" : key;
        call("POST", "/api/v1/features", "{'key':'" + key + "','name':'" + name + "','meterSlug':'" + meter + "'}");
        call(
                "POST",
                entitlements(customer),
                "{'type':'metered','featureKey':'" + key + "','usagePeriod':{'interval':'YEAR','anchor':'"
                        + Instant.now().minus(60, ChronoUnit.DAYS) + "'},'measureUsageFrom':'CURRENT_PERIOD_START'"
                        + (allowance == 0 ? "" : ",'issueAfterReset':" + allowance) + "}");
    }

    static void use(String subject, int number, Instant time, int tokens, String model) {
        call(
                "POST",
                "/api/v1/events",
                "{'specversion':'1.0','id':'%s-%d','source':'portal','type':'prompt','subject':'%s','time':'%s','data':{'n':%d,'model':'%s'}}"
                        .formatted(subject, number, subject, time, tokens, model));
    }

    static String invoice(String customer, String line) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        call(
                "POST",
                "/api/v1/billing/customers/" + customer + "/invoices/pending-lines",
                "{'currency':'EUR','lines':[{'name':'%s','period':{'from':'%s','to':'%s'},'invoiceAt':'%s','price':{'type':'flat','amount':'25.00'}}]}"
                        .formatted(line, now.minusSeconds(60), now, now));
        String id =
                Api.text(call("POST", "/api/v1/billing/invoices/invoice", "{'customerId':'" + customer + "'}"), "id");
        call("POST", "/api/v1/billing/invoices/" + id + "/approve", "");
        return id;
    }

    static String token(String subject, String more) {
        String members = more.isEmpty() ? "" : "," + more;
        return Api.text(call("POST", "/api/v1/portal/tokens", "{'subject':'" + subject + "'" + members + "}"), "token");
    }
}
