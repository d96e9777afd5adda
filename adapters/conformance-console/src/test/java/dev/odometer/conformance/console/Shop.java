package dev.odometer.conformance.console;

import java.time.Instant;

/** What a test sells: a meter with a feature, plans, customers and usage, whose keys begin with the name of the shop. */
record Shop(ConsoleServer server, String name) {

    static final String HOSTILE = "<img src=x onerror='window.harmed=1'>";

    /** The meter, which sums {@code n} of events of the type, and the feature. */
    Shop open() {
        post(
                "/api/v1/meters",
                fill("{'slug':'$','name':'Units of $','aggregation':'SUM','eventType':'$','valueProperty':'#.n'}")
                        .replace('#', '$'));
        post("/api/v1/features", fill("{'key':'$','name':'Units of $','meterSlug':'$'}"));
        return this;
    }

    /** A name of this shop in JSON with simple quotes. */
    private String fill(String json) {
        return json.replace("$", name).replace('\'', '"');
    }

    String post(String path, String body) {
        return Api.call(server, "POST", path, body);
    }

    /** A customer with the subject of its key. */
    void customer(String key, String displayName) {
        post(
                "/api/v1/customers",
                "{\"key\":\"" + key + "\",\"name\":\"" + displayName + "\",\"usageAttribution\":{\"subjectKeys\":[\""
                        + key + "-eu\"]},\"metadata\":{\"tier\":\"gold\"}}");
    }

    void usage(String id, String subject, Instant time, int units) {
        post(
                "/api/v1/events",
                "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"" + name + "\",\"type\":\"" + name
                        + "\",\"subject\":\"" + subject + "\",\"time\":\"" + time + "\",\"data\":{\"n\":" + units
                        + "}}");
    }

    /** A rate card for the feature, with this price in JSON with simple quotes. */
    String units(String cadence, String price) {
        return fill("{'type':'usage_based','key':'$','name':'Units','featureKey':'$','billingCadence':'" + cadence
                + "','price':" + price
                + ",'entitlementTemplate':{'type':'metered','issueAfterReset':1000,'isSoftLimit':true}}");
    }

    static String fee(String amount) {
        return "{'type':'flat_fee','key':'fee','name':'Monthly fee','billingCadence':'P1M','price':{'type':'flat','amount':'"
                        .replace('\'', '"')
                + amount + "\"}}";
    }

    /** A draft with one phase. Returns its id. */
    String draft(String key, String displayName, String... rateCards) {
        String body = "{\"key\":\"" + key + "\",\"name\":\"" + displayName
                + "\",\"currency\":\"USD\",\"billingCadence\":\"P1M\",\"phases\":[{\"key\":\"standard\",\"name\":\"Standard\",\"duration\":null,"
                + "\"rateCards\":[" + String.join(",", rateCards) + "]}]}";
        return Api.text(post("/api/v1/plans", body), "id");
    }

    /** An active plan with one phase. Returns its id. */
    String plan(String key, String displayName, String... rateCards) {
        String id = draft(key, displayName, rateCards);
        post("/api/v1/plans/" + id + "/publish", "{}");
        return id;
    }

    /** Subscribes the customer from a minute ago, so that usage of the last minute counts. */
    String subscribe(String customer, String plan) {
        return Api.text(
                post(
                        "/api/v1/subscriptions",
                        "{\"customerKey\":\"" + customer + "\",\"plan\":{\"key\":\"" + plan + "\"},\"timing\":\""
                                + Instant.now().minusSeconds(100) + "\"}"),
                "id");
    }
}
