package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.route.RouteTable;
import dev.odometer.functions.route.Route;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documented requests that succeed, and all documented responses, are valid by the schemas of the OpenAPI document. */
class ApiSchemasTest extends CasesContract {

    private static final ConfigurableApplicationContext CONTEXT = InMemoryApp.start();
    private static final JsonNode DOCUMENT = Case.JSON.readTree(InMemoryApp.door(CONTEXT)
            .handle(new HttpRequest("GET", "/api/openapi.json", null, Headers.NONE, new byte[0]))
            .body());
    private static final RouteTable<Route> ROUTES =
            RouteTable.of(Wiring.ofAllFunctions().routes(), Function.identity());
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<JsonNode, Schema> SCHEMAS = new HashMap<>();
    private static final Set<String> CHECKED = new HashSet<>();

    @AfterAll
    static void stop() {
        CONTEXT.close();

        assertThat(CHECKED).as("operations with a body that was checked").hasSizeGreaterThan(100);
    }

    @Override
    HttpReply answer(Sent sent) {
        HttpRequest request = CasesInMemoryTest.asDelivered(CasesInMemoryTest.request(sent));
        HttpReply reply = InMemoryApp.door(CONTEXT).handle(request);
        List<String> segments = List.of(request.path().substring(1).split("/", -1));
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        ROUTES.find(method, segments).ifPresent(found -> {
            Route route = found.serves();
            JsonNode operation = DOCUMENT.path("paths").path(route.path()).path(method.toLowerCase(Locale.ROOT));
            // In binary mode, the body is the data of an event only.
            if (reply.status() < 300 && request.headers().first("ce-id").isEmpty()) {
                check(operation, operation.path("requestBody"), request.headers(), withoutNulls(request));
            }
            JsonNode responses = operation.required("responses");
            JsonNode response = responses.path(String.valueOf(reply.status()));
            check(
                    operation,
                    resolved(response.isMissingNode() ? responses.required("default") : response),
                    reply.headers(),
                    reply.body());
        });
        return reply;
    }

    /** In requests, a null is an absent member wherever the schema has no null. */
    private static byte[] withoutNulls(HttpRequest request) {
        String text = new String(request.body(), StandardCharsets.UTF_8);
        // Required members that may be null.
        String others = "(?!\"(?:billingCadence|duration|price)\")\"\\w+\":null";
        return text.replaceAll("," + others + "|" + others + ",", "").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode resolved(JsonNode response) {
        return response.has("$ref")
                ? DOCUMENT.at(response.path("$ref").asString().substring(1))
                : response;
    }

    /** Only JSON has a schema. */
    private static void check(JsonNode operation, JsonNode message, Headers headers, byte[] body) {
        String type = headers.first("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode schema = message.path("content").path(type).path("schema");
        if (body.length > 0 && type.endsWith("json") && !type.endsWith("ndjson") && !schema.isMissingNode()) {
            String text = new String(body, StandardCharsets.UTF_8);
            // JSON with one event has the schema of an item.
            JsonNode valid = text.startsWith("{")
                            && schema.path("type").asString("").equals("array")
                            && operation.path("operationId").asString().startsWith("ingestEvents")
                    ? schema.path("items")
                    : schema;
            assertThat(schema(valid).validate(text, InputFormat.JSON)).as(text).isEmpty();
            CHECKED.add(operation.required("operationId").asString());
        }
    }

    /** The references in a schema are to the components of the document. */
    private static Schema schema(JsonNode schema) {
        return SCHEMAS.computeIfAbsent(schema, absent -> {
            ObjectNode root = Case.JSON.createObjectNode();
            root.set("components", DOCUMENT.required("components"));
            root.set("schema", absent);
            return REGISTRY.getSchema(root.put("$ref", "#/schema"));
        });
    }

    private static Schema openApi() {
        return REGISTRY.getSchema(
                Objects.requireNonNull(ApiSchemasTest.class.getResourceAsStream("/openapi-3.1-schema.json")),
                InputFormat.JSON);
    }

    @Test
    void theDocumentIsValidByTheSchemaOfOpenApi() {
        assertThat(openApi().validate(DOCUMENT)).isEmpty();
    }

    @Test
    void findsADocumentThatIsNotValid() {
        ObjectNode altered = (ObjectNode) DOCUMENT.deepCopy();
        ((ObjectNode) altered.at("/components/schemas/MeterView")).put("type", "record");
        ((ObjectNode) altered.at("/paths/~1api~1v1~1meters/get")).put("summery", "Lists meters");

        assertThat(openApi().validate(altered).toString()).contains("MeterView/type", "summery");
    }

    @Test
    void findsAResponseThatIsNotValid() {
        JsonNode meter = DOCUMENT.at("/components/schemas/MeterView");

        assertThat(schema(meter).validate("{\"slug\":1}", InputFormat.JSON).toString())
                .contains("/slug: integer found, string expected", "required property 'id' not found");
    }
}
