package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions of plans behind the door, on in-memory stores with features that plans can sell. */
final class PlanApp implements AutoCloseable {

    static final String PLANS = "/api/v1/plans";

    /** A plan with every member that a plan can have. */
    private static final String EVERYTHING = """
            {"key":"everything","name":"Everything","description":"All","metadata":{"a":"b"},"currency":"USD",
             "billingCadence":"P1M","proRatingConfig":{"enabled":true,"mode":"prorate_prices"},
             "settlementMode":"credit_only","alignment":{"billablesMustAlign":true},
             "phases":[
              {"key":"trial","name":"Trial","description":"First","metadata":{"c":"d"},"duration":"P1M","rateCards":[
               {"type":"usage_based","key":"tokens","name":"Tokens","description":"Prompts","metadata":{"e":"f"},
                "featureKey":"tokens","billingCadence":"P1M",
                "price":{"type":"tiered","mode":"graduated","minimumAmount":"1","maximumAmount":"100","tiers":[
                 {"upToAmount":"100","flatPrice":{"type":"flat","amount":"5"},"unitPrice":{"type":"unit","amount":"0.1"}},
                 {"flatPrice":null,"unitPrice":{"type":"unit","amount":"0.01"}}]},
                "discounts":{"percentage":{"percentage":12.5},"usage":{"quantity":"10"}},
                "entitlementTemplate":{"type":"metered","isSoftLimit":true,"issueAfterReset":100,
                 "issueAfterResetPriority":2,"preserveOverageAtReset":true,"usagePeriod":"P1M","metadata":{"g":"h"}},
                "taxConfig":{"behavior":"exclusive","stripe":{"code":"txcd_10000000"},
                 "customInvoicing":{"code":"x"},"taxCodeId":"y"}}]},
              {"key":"main","name":"Main","duration":null,"rateCards":[
               {"type":"usage_based","key":"tokens","name":"Tokens","featureKey":"tokens","billingCadence":"P1M",
                "price":{"type":"package","amount":"3","quantityPerPackage":"1000"}},
               {"type":"usage_based","key":"calls","name":"Calls","featureKey":"calls","billingCadence":"P1M",
                "price":{"type":"dynamic","multiplier":"1.2"}},
               {"type":"flat_fee","key":"sso","name":"Single sign-on","featureKey":"sso","billingCadence":"P1M",
                "price":{"type":"flat","amount":"9.99","paymentTerm":"in_arrears"},
                "entitlementTemplate":{"type":"static","config":"{}"}},
               {"type":"flat_fee","key":"setup","name":"Setup","billingCadence":null,"price":null}]}]}
            """;

    private final ConfigurableApplicationContext context = InMemoryApp.start();

    PlanApp() {
        created("/api/v1/meters", "{\"slug\":\"plan_tokens\",\"aggregation\":\"COUNT\",\"eventType\":\"plan_tokens\"}");
        for (String key : List.of("tokens", "calls")) {
            created("/api/v1/features", feature(key, ",\"meterSlug\":\"plan_tokens\""));
        }
        for (String key : List.of("sso", "archived")) {
            created("/api/v1/features", feature(key, ""));
        }
        assertThat(send("DELETE", "/api/v1/features/archived", "").status()).isEqualTo(204);
    }

    private static String feature(String key, String more) {
        return "{\"key\":\"" + key + "\",\"name\":\"" + key + "\"" + more + "}";
    }

    static ObjectNode everything() {
        return (ObjectNode) Case.JSON.readTree(EVERYTHING);
    }

    JsonNode created(String path, String body) {
        HttpReply reply = send("POST", path, body);
        assertThat(reply.status()).as(text(reply)).isEqualTo(201);
        return json(reply);
    }

    /** The number of versions of the key. */
    int versions(String key) {
        return get(PLANS, "key=" + key).get("totalCount").asInt();
    }

    JsonNode get(String path, @Nullable String query) {
        return json(handle(new HttpRequest("GET", path, query, Headers.NONE, new byte[0])));
    }

    HttpReply send(String method, String path, String body) {
        return handle(new HttpRequest(
                method,
                path,
                null,
                body.isEmpty() ? Headers.NONE : Headers.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpReply handle(HttpRequest request) {
        return InMemoryApp.door(context).handle(request);
    }

    static String text(HttpReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    static JsonNode json(HttpReply reply) {
        return Case.JSON.readTree(text(reply));
    }

    @Override
    public void close() {
        context.close();
    }
}
