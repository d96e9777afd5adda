package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A body of billing with one invalid value, at any depth, is a 400 that names the member or one around it. */
class HostileBillingTest {

    private static final String PRICE = """
            {"type":"tiered","mode":"graduated","minimumAmount":"1","maximumAmount":"100","tiers":[
              {"upToAmount":"10","flatPrice":{"type":"flat","amount":"5"},"unitPrice":{"type":"unit","amount":"0.1"}},
              {"flatPrice":{"type":"flat","amount":"1"},"unitPrice":{"type":"unit","amount":"0.01"}}]}""";
    private static final String DISCOUNTS = """
            {"percentage":{"percentage":50},"usage":{"quantity":"10"}}""";
    private static final String LINE = """
            {"name":"Calls","period":{"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"},
             "invoiceAt":"2026-02-01T00:00:00Z","quantity":"101","preLinePeriodQuantity":"3","metadata":{"a":"b"}""";
    private static final String SIMULATION = """
            {"currency":"USD","number":"X","lines":[%s,"featureKey":"hostile_calls","price":%s},
             %s,"rateCard":{"featureKey":"hostile_calls","taxConfig":{"behavior":"inclusive"},"price":%s,"discounts":%s}}]}
            """.formatted(LINE, PRICE, LINE, PRICE, DISCOUNTS);
    private static final String BACKTEST = """
            {"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","currency":"USD","kind":"price",
             "customers":["hostile"],"rateCards":[{"type":"usage_based","key":"hostile_calls","name":"Calls",
             "featureKey":"hostile_calls","billingCadence":"P1M","price":%s,"discounts":%s}]}
            """.formatted(PRICE, DISCOUNTS);

    /** No member has one of these types or forms. */
    private static final List<String> WRONG = List.of(
            "true",
            "-1",
            "1e400",
            "12345678901234567890123456789012345678901234567890",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"-0.0.1\"",
            "\"1e5\"",
            "\"-\"",
            "[[]]",
            "[null]",
            "{\"unknown\":1}",
            "NaN");

    private static final ConfigurableApplicationContext CONTEXT = prepared();

    private static ConfigurableApplicationContext prepared() {
        ConfigurableApplicationContext context = InMemoryApp.start();
        send(
                context,
                "/api/v1/meters",
                "{\"slug\":\"hostile_calls\",\"aggregation\":\"COUNT\",\"eventType\":\"hostile\"}");
        send(
                context,
                "/api/v1/features",
                "{\"key\":\"hostile_calls\",\"name\":\"Calls\",\"meterSlug\":\"hostile_calls\"}");
        send(context, "/api/v1/customers", "{\"key\":\"hostile\",\"name\":\"Hostile\"}");
        for (String[] valid : new String[][] {
            {"/api/v1/billing/customers/hostile/invoices/simulate", SIMULATION}, {"/api/v1/billing/backtests", BACKTEST}
        }) {
            assertThat(send(context, valid[0], valid[1])).startsWith("200 ");
        }
        return context;
    }

    @AfterContainer
    static void stop() {
        CONTEXT.close();
    }

    private static String send(ConfigurableApplicationContext context, String path, String body) {
        HttpReply reply = InMemoryApp.door(context)
                .handle(new HttpRequest(
                        "POST",
                        path,
                        null,
                        Headers.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8)));
        return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
    }

    /** A member of a valid body. */
    record Target(String path, String body, String pointer) {

        /** The body with another value of the member, which replaces a marker since it may be no JSON. */
        private String with(String value) {
            JsonNode tree = Case.JSON.readTree(body);
            JsonPointer at = JsonPointer.compile(pointer);
            JsonNode around = tree.at(at.head());
            if (around instanceof ObjectNode object) {
                object.put(at.last().getMatchingProperty(), "MARKER");
            } else {
                ((ArrayNode) around).set(at.last().getMatchingIndex(), "MARKER");
            }
            return tree.toString().replace("\"MARKER\"", value);
        }

        /** The names of the members on the way to it. */
        private List<String> names() {
            return List.of(pointer.substring(1).split("/")).stream()
                    .filter(name -> !name.matches("[0-9]+"))
                    .toList();
        }
    }

    private static void addTargets(List<Target> targets, Target parent, JsonNode node) {
        node.propertyStream().forEach(member -> add(targets, parent, "/" + member.getKey(), member.getValue()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            add(targets, parent, "/" + i, node.get(i));
        }
    }

    private static void add(List<Target> targets, Target parent, String step, JsonNode value) {
        var target = new Target(parent.path, parent.body, parent.pointer + step);
        targets.add(target);
        addTargets(targets, target, value);
    }

    @Provide
    Arbitrary<Flaw> flaws() {
        var targets = new ArrayList<Target>();
        var simulation = new Target("/api/v1/billing/customers/hostile/invoices/simulate", SIMULATION, "");
        addTargets(targets, simulation, Case.JSON.readTree(SIMULATION));
        addTargets(targets, new Target("/api/v1/billing/backtests", BACKTEST, ""), Case.JSON.readTree(BACKTEST));
        // Metadata and names may be any text. An unknown customer is a 404 with its key.
        targets.removeIf(
                target -> target.pointer.matches(".*/(metadata|metadata/a|name|number|customers|customers/0)"));
        return Combinators.combine(Arbitraries.of(targets), Arbitraries.of(WRONG))
                .as(Flaw::new);
    }

    /** A member and its invalid value. */
    record Flaw(Target target, String value) {}

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void isRefusedWithTheNameOfTheMember(@ForAll("flaws") Flaw flaw) {
        String reply = send(CONTEXT, flaw.target.path, flaw.target.with(flaw.value));

        assertThat(reply).as(flaw.target.pointer + " = " + flaw.value).startsWith("400 ");
        assertThat(reply.contains("invalid JSON")
                        || flaw.target.names().stream().anyMatch(reply::contains))
                .as(flaw.target.pointer + " = " + flaw.value + ": " + reply)
                .isTrue();
    }
}
