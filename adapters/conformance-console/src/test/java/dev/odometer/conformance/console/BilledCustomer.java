package dev.odometer.conformance.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A customer with a billing profile of its own, so that its invoices are numbered from 1 and none is issued by itself. */
final class BilledCustomer {

    private static final String ADDRESS =
            "\"addresses\":[{\"country\":\"DE\",\"postalCode\":\"80331\",\"city\":\"Munich\","
                    + "\"line1\":\"Marienplatz 1\"}]";

    private final ConsoleServer server;
    private final String key;
    private final String id;

    private BilledCustomer(ConsoleServer server, String key, String id) {
        this.server = server;
        this.key = key;
        this.id = id;
    }

    /** A customer with a tax id and an address, whose drafts wait as long for late usage as the interval says. */
    static BilledCustomer create(ConsoleServer server, String key, String interval) {
        return create(
                server,
                key,
                interval,
                "\"name\":\"Initech " + key + "\",\"billingAddress\":{\"country\":\"DE\",\"city\":\"Berlin\"},"
                        + "\"taxId\":{\"code\":\"DE123456789\"}");
    }

    /** A customer with these members. */
    static BilledCustomer create(ConsoleServer server, String key, String interval, String members) {
        meter(server);
        String customer = Api.text(
                Api.call(
                        server,
                        "POST",
                        "/api/v1/customers",
                        "{\"key\":\"" + key + "\",\"usageAttribution\":{\"subjectKeys\":[\"" + key + "-eu\"]},"
                                + members + "}"),
                "id");
        String profile = Api.text(
                Api.call(
                        server,
                        "POST",
                        "/api/v1/billing/profiles",
                        "{\"name\":\"Germany for " + key
                                + "\",\"supplier\":{\"name\":\"Seller GmbH\",\"taxId\":{\"code\":\"DE999999999\"},"
                                + ADDRESS
                                + "},\"workflow\":{\"collection\":{\"interval\":\"" + interval
                                + "\"},\"invoicing\":{\"autoAdvance\":false,\"dueAfter\":\"P14D\"},"
                                + "\"payment\":{\"collectionMethod\":\"send_invoice\"}},"
                                + "\"tax\":{\"category\":\"standard\",\"percent\":19}}"),
                "id");
        Api.call(server, "PUT", "/api/v1/billing/customers/" + customer, "{\"billingProfileId\":\"" + profile + "\"}");
        return new BilledCustomer(server, key, customer);
    }

    private static void meter(ConsoleServer server) {
        if (!Api.call(server, "GET", "/api/v1/meters", null).contains("\"printed\"")) {
            Api.call(
                    server,
                    "POST",
                    "/api/v1/meters",
                    "{\"slug\":\"printed\",\"aggregation\":\"SUM\",\"eventType\":\"print\",\"valueProperty\":\"$.pages\"}");
            Api.call(
                    server,
                    "POST",
                    "/api/v1/features",
                    "{\"key\":\"printed\",\"name\":\"Pages\",\"meterSlug\":\"printed\"}");
        }
    }

    /** The hour from which the times of usage and periods are counted. */
    static Instant hour() {
        return Instant.now().truncatedTo(ChronoUnit.HOURS);
    }

    String id() {
        return id;
    }

    String subject() {
        return key + "-eu";
    }

    /** Records pages five days ago. */
    void print(String event, String pages) {
        Api.call(
                server,
                "POST",
                "/api/v1/events",
                "{\"specversion\":\"1.0\",\"id\":\"" + event + "\",\"source\":\"" + key
                        + "\",\"type\":\"print\",\"subject\":\"" + subject() + "\",\"time\":\""
                        + hour().minus(5, ChronoUnit.DAYS) + "\",\"data\":{\"pages\":" + pages + "}}");
    }

    /** Adds lines for the days 6 to 4 before now, which are due; a line is its name and its other members. */
    void add(String... lines) {
        addUntil(hour().minus(4, ChronoUnit.DAYS), lines);
    }

    /** Adds lines from six days ago until a time, which are due then. */
    void addUntil(Instant due, String... lines) {
        String times = "\"period\":{\"from\":\"" + hour().minus(6, ChronoUnit.DAYS) + "\",\"to\":\"" + due
                + "\"},\"invoiceAt\":\"" + due + "\"";
        Api.call(
                server,
                "POST",
                "/api/v1/billing/customers/" + id + "/invoices/pending-lines",
                "{\"currency\":\"EUR\",\"lines\":[{" + times + "," + String.join("},{" + times + ",", lines) + "}]}");
    }

    /** A line for printed pages with a unit price. */
    static String pages(String name, String price) {
        return "\"name\":\"" + name + "\",\"featureKey\":\"printed\",\"price\":{\"type\":\"unit\",\"amount\":\"" + price
                + "\"}";
    }

    /** A line for a fee. */
    static String fee(String name, String amount) {
        return "\"name\":\"" + name + "\",\"price\":{\"type\":\"flat\",\"amount\":\"" + amount + "\"}";
    }

    /** Makes a draft of what is due, and returns its id. */
    String draft() {
        return Api.text(
                Api.call(server, "POST", "/api/v1/billing/invoices/invoice", "{\"customerId\":\"" + id + "\"}"), "id");
    }

    /** Makes an invoice of what is due, and returns its id. */
    String issued() {
        String draft = draft();
        Api.call(server, "POST", "/api/v1/billing/invoices/" + draft + "/approve", null);
        return draft;
    }

    /** The invoice as the API has it. */
    String invoice(String invoiceId) {
        return Api.call(server, "GET", "/api/v1/billing/invoices/" + invoiceId, null);
    }
}
