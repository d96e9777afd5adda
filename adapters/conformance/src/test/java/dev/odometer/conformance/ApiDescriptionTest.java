package dev.odometer.conformance;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.route.Route;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document is valid, describes every route, and is the same in every process. */
class ApiDescriptionTest {

    private static final ConfigurableApplicationContext CONTEXT = InMemoryApp.start();
    private static final String TEXT = text(CONTEXT);
    private static final SwaggerParseResult PARSED = parsed();

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    private static String text(ConfigurableApplicationContext context) {
        return text(context, "/api/openapi.json");
    }

    private static String text(ConfigurableApplicationContext context, String path) {
        var request = new HttpRequest("GET", path, null, Headers.NONE, new byte[0]);
        return new String(InMemoryApp.door(context).handle(request).body(), StandardCharsets.UTF_8);
    }

    private static SwaggerParseResult parsed() {
        var options = new ParseOptions();
        options.setResolve(true);
        return new OpenAPIV3Parser().readContents(TEXT, null, options);
    }

    private static Operation operation(HttpMethod method, String path) {
        OpenAPI api = PARSED.getOpenAPI();
        PathItem item = Objects.requireNonNull(api.getPaths().get(path), path);
        return Objects.requireNonNull(item.readOperationsMap().get(method), path);
    }

    @Test
    void isValid() {
        assertThat(PARSED.isOpenapi31()).isTrue();
        assertThat(PARSED.getMessages()).isEmpty();
        assertThat(PARSED.getOpenAPI().getOpenapi()).isEqualTo("3.1.1");
    }

    @Test
    void isTheSameAtBothPaths() {
        assertThat(text(CONTEXT, "/api/swagger.json")).isEqualTo(TEXT);
    }

    @Test
    void isTheCommittedOne() throws IOException {
        var indented =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String written = indented.writeValueAsString(indented.readTree(TEXT)) + "\n";
        Files.writeString(Path.of("target/openapi.json"), written);

        assertThat(Path.of("../../docs/openapi.json"))
                .as("copy adapters/conformance/target/openapi.json to docs/openapi.json")
                .hasContent(written);
    }

    @Test
    void documentsEachOperation() {
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.getSummary()).isNotBlank();
            assertThat(operation.getDescription())
                    .as(operation.getOperationId())
                    .isNotBlank();
            assertThat(operation.getTags()).hasSize(1);
        });
        assertThat(PARSED.getOpenAPI().getTags())
                .isNotEmpty()
                .allSatisfy(tag ->
                        assertThat(tag.getDescription()).as(tag.getName()).isNotBlank());
    }

    private static List<Operation> operations() {
        return PARSED.getOpenAPI().getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .toList();
    }

    @Test
    void distinguishesApiKeysAndPortalTokens() {
        assertThat(operation(HttpMethod.GET, "/api/v1/portal/access").getSecurity())
                .containsExactly(new SecurityRequirement().addList("portalToken"));
        assertThat(operation(HttpMethod.GET, "/api/v1/portal/tokens").getSecurity())
                .isNull();
    }

    @Test
    void describesExactlyTheRoutes() {
        Set<String> described = PARSED.getOpenAPI().getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().keySet().stream()
                        .map(method -> method + " " + path.getKey()))
                .collect(toSet());
        List<Route> routes = Wiring.ofAllFunctions().routes();

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(routes.stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
    }

    @Test
    void namesEachOperationOnce() {
        assertThat(operations().stream().map(Operation::getOperationId))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @Test
    void describesParametersAndBodies() {
        Operation query = operation(HttpMethod.GET, "/api/v1/meters/{meterIdOrSlug}/query");
        Operation create = operation(HttpMethod.POST, "/api/v1/meters");
        Operation reset = operation(
                HttpMethod.POST, "/api/v2/customers/{customerIdOrKey}/entitlements/{entitlementIdOrFeatureKey}/reset");

        assertThat(query.getParameters())
                .extracting(parameter -> parameter.getIn() + " " + parameter.getName())
                .contains("path meterIdOrSlug", "query from", "query filterGroupBy", "query subject");
        assertThat(Objects.requireNonNull(query.getResponses().get("200"))
                        .getContent()
                        .keySet())
                .containsExactlyInAnyOrder("application/json", "text/csv");
        assertThat(create.getRequestBody().getRequired()).isTrue();
        assertThat(members(create)).contains("slug", "aggregation", "eventType");
        assertThat(create.getResponses()).containsKeys("201", "default");
        assertThat(reset.getRequestBody().getRequired()).isFalse();
        assertThat(members(reset)).containsExactlyInAnyOrder("effectiveAt", "retainAnchor", "preserveOverage");
    }

    /** The names of the members of a request's body. */
    private static Set<String> members(Operation operation) {
        var json =
                Objects.requireNonNull(operation.getRequestBody().getContent().get("application/json"));
        Schema<?> schema = json.getSchema();
        return schema.getProperties().keySet();
    }

    @Test
    void everyReferenceIsToADescribedSchema() {
        Set<String> described = PARSED.getOpenAPI().getComponents().getSchemas().keySet();

        assertThat(Stream.of(TEXT.split("\"\\$ref\":\"#/components/schemas/"))
                        .skip(1)
                        .map(rest -> rest.substring(0, rest.indexOf('"'))))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(described).contains(name));
    }

    @Test
    void isTheSameInEveryProcess() {
        try (var another = InMemoryApp.start()) {
            assertThat(text(another)).isEqualTo(TEXT);
        }
    }
}
