package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.route.RouteTable;
import dev.odometer.functions.route.Route;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Removes each member of the documented requests in turn. A request without a member that the OpenAPI document requires is
 * refused by its name; without another member, it is not refused for that member.
 */
class RequiredMembersTest {

    private static final ConfigurableApplicationContext CONTEXT = InMemoryApp.start();
    private static final JsonNode DOCUMENT =
            Case.JSON.readTree(send(new HttpRequest("GET", "/api/openapi.json", null, Headers.NONE, new byte[0]))
                    .body());
    private static final RouteTable<Route> ROUTES =
            RouteTable.of(Wiring.ofAllFunctions().routes(), Function.identity());

    /** Members that a request needs only with certain values of other members, or in some of its places. */
    private static final Set<String> CONDITIONAL = Set.of(
            // With some types of prices, unit costs, entitlements, channels, rules and alignments.
            "price.amount",
            "price.mode",
            "price.tiers",
            "unitCost.amount",
            "config",
            "usagePeriod",
            "issueAfterReset",
            "url",
            "meter",
            "windowSize",
            "alignment.recurringPeriod",
            // Of a customer, and not of a supplier.
            "taxId.code",
            // Of a supplier, and not of a customer.
            "addresses.country",
            // Of prices on past usage, and not of a plan.
            "rateCards.featureKey",
            "currentRateCards.featureKey");

    private static final Set<String> REQUIRED = new TreeSet<>();
    private static final Set<String> OPTIONAL = new TreeSet<>();
    private static final List<String> ERRORS = new ArrayList<>();

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @BeforeAll
    static void removeEachMember() {
        for (Case example : Case.all()) {
            var run = new Case.Run(Instant.now());
            example.steps().forEach(step -> run(run, step));
        }
    }

    private static void run(Case.Run run, Case.Step step) {
        try {
            HttpRequest request =
                    CasesInMemoryTest.asDelivered(CasesInMemoryTest.request(CasesContract.sent(run, step)));
            HttpReply reply = send(request);
            if (reply.status() < 300) {
                step.capture()
                        .forEach((name, pointer) -> run.capture(
                                name,
                                Case.JSON.readTree(reply.body()).at(pointer).asString()));
                remove(request);
            }
        } catch (IllegalStateException notCaptured) {
            // A request without a member may have changed what a later step finds.
        }
    }

    private static HttpReply send(HttpRequest request) {
        return InMemoryApp.door(CONTEXT).handle(request);
    }

    /** Sends the request once without each member of its body, if it is an object that the document describes. */
    private static void remove(HttpRequest request) {
        List<String> segments = List.of(request.path().substring(1).split("/", -1));
        ROUTES.find(request.method(), segments).ifPresent(found -> {
            JsonNode operation = DOCUMENT.path("paths")
                    .path(found.serves().path())
                    .path(request.method().toLowerCase(Locale.ROOT));
            JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
            boolean isObject = request.headers().first("Content-Type").equals(Optional.of("application/json"))
                    && schema.path("type").asString("").equals("object");
            if (isObject) {
                JsonNode body = Case.JSON.readTree(request.body());
                String id = operation.required("operationId").asString();
                new Removal(request, id, body).within(body, schema, "", "");
            }
        });
    }

    /** The members of a request, each of which is removed and then put back. */
    private record Removal(HttpRequest request, String operation, JsonNode body) {

        /**
         * @param place as in a refusal, such as {@code lines[0].}
         * @param path the same without indexes, such as {@code lines.}
         */
        void within(JsonNode value, JsonNode described, String place, String path) {
            JsonNode schema = resolved(described);
            if (value instanceof ArrayNode items) {
                for (int i = 0; i < items.size(); i++) {
                    String item = place.substring(0, place.length() - 1) + "[" + i + "].";
                    within(items.get(i), schema.path("items"), item, path);
                }
            } else if (value instanceof ObjectNode object && schema.has("properties")) {
                var required = new TreeSet<String>();
                schema.path("required").forEach(name -> required.add(name.asString()));
                for (String name : List.copyOf(object.propertyNames())) {
                    JsonNode member = object.get(name);
                    if (schema.path("properties").has(name)) {
                        remove(object, name, required.contains(name), new Place(place + name, path + name));
                        object.set(name, member);
                        within(member, schema.path("properties").path(name), place + name + ".", path + name + ".");
                    }
                }
            }
        }

        private void remove(ObjectNode object, String name, boolean isRequired, Place place) {
            if ((isRequired ? REQUIRED : OPTIONAL).add(operation + " " + place.path)) {
                object.remove(name);
                byte[] bytes = Case.JSON.writeValueAsBytes(body);
                HttpReply reply = send(
                        new HttpRequest(request.method(), request.path(), request.query(), request.headers(), bytes));
                String text = new String(reply.body(), StandardCharsets.UTF_8);
                boolean isRefused =
                        reply.status() == 400 && text.contains("\"validation error: " + place.name + " is required\"");
                boolean isConditional = CONDITIONAL.stream().anyMatch(("." + place.path)::endsWith);
                if (isRefused != isRequired && !isConditional) {
                    ERRORS.add(operation + " without " + place.name + (isRequired ? " (required): " : " (optional): ")
                            + reply.status() + " " + text);
                }
            }
        }
    }

    private record Place(String name, String path) {}

    /** The schema that is referred to, or that may also be null. */
    private static JsonNode resolved(JsonNode schema) {
        if (schema.has("oneOf")) {
            return resolved(schema.path("oneOf").get(0));
        }
        return schema.has("$ref") ? DOCUMENT.at(schema.path("$ref").asString().substring(1)) : schema;
    }

    @Test
    void aRequestIsRefusedWithoutARequiredMemberAndNotWithoutAnother() {
        assertThat(ERRORS).isEmpty();
        assertThat(REQUIRED).hasSizeGreaterThan(80);
        assertThat(OPTIONAL).hasSizeGreaterThan(200);
    }

    /** The documented requests have each required member, so that the test above removes it. */
    @Test
    void everyRequiredMemberOfABodyWasRemoved() {
        var described = new TreeSet<String>();
        DOCUMENT.path("paths")
                .forEach(path -> path.forEach(operation -> operation
                        .at("/requestBody/content/application~1json/schema/required")
                        .forEach(name ->
                                described.add(operation.required("operationId").asString() + " " + name.asString()))));

        // Exports are not set up here.
        described.removeIf(member -> member.startsWith("exportUsage "));
        assertThat(described).isNotEmpty();
        assertThat(REQUIRED).containsAll(described);
    }

    @Test
    void anExportIsRefusedWithoutItsPeriod() {
        assertThat(export("{\"to\":\"2026-02-01T00:00:00Z\"}")).contains("validation error: from is required");
        assertThat(export("{\"from\":\"2026-01-01T00:00:00Z\"}")).contains("validation error: to is required");
    }

    private static String export(String body) {
        HttpReply reply = send(new HttpRequest(
                "POST",
                "/api/v1/exports",
                null,
                Headers.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
