package dev.odometer.api.functions.info;

import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Route;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes the routes as an OpenAPI 3.0 document, from the route tables and the types of the functions. */
public final class DescribeApi implements Supplier<Map<String, Object>> {

    private static final Map<String, Object> PROBLEM = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "type", Map.of("type", "string"),
                    "title", Map.of("type", "string"),
                    "status", Map.of("type", "integer"),
                    "detail", Map.of("type", "string"),
                    "instance", Map.of("type", "string"),
                    "extensions", Map.of("type", "object"),
                    "invalid_parameters", Map.of("type", "array", "items", Map.of("type", "object"))),
            "required",
            List.of("type", "title", "status", "instance"));

    private final Supplier<List<Route>> routes;
    private final Function<String, Signature> signatures;

    /**
     * A description of these routes.
     *
     * @param signatures the types of a function, by name
     */
    public DescribeApi(Supplier<List<Route>> routes, Function<String, Signature> signatures) {
        this.routes = routes;
        this.signatures = signatures;
    }

    /**
     * The types of a function.
     *
     * @param input absent for a function that takes none
     * @param output absent for a function that returns nothing
     */
    public record Signature(@Nullable Type input, @Nullable Type output) {}

    @Override
    public Map<String, Object> get() {
        var schemas = new Schemas();
        var paths = new TreeMap<String, Map<String, Object>>();
        var uses = new TreeMap<String, Integer>();
        List<Route> all = routes.get();
        for (Route route : all) {
            int use = uses.merge(route.function(), 1, Integer::sum);
            var operation = new Operation(route, signatures.apply(route.function()), pathFields(route, all), schemas)
                    .described(route.function() + (use == 1 ? "" : "_" + use));
            paths.computeIfAbsent(route.path(), path -> new TreeMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation);
        }
        var components = new LinkedHashMap<String, Object>(schemas.components());
        components.put("Problem", PROBLEM);
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.0.3");
        document.put("info", Map.of("title", "Odometer", "version", "v1"));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "schemas",
                        components,
                        "securitySchemes",
                        Map.of("bearer", Map.of("type", "http", "scheme", "bearer"))));
        document.put("security", List.of(Map.of("bearer", List.of()), Map.of()));
        return ordered(document);
    }

    /** With members in one order, so that the document is the same in every process. */
    private static Map<String, Object> ordered(Map<?, ?> map) {
        var ordered = new TreeMap<String, Object>();
        map.forEach((name, value) -> ordered.put(
                String.valueOf(name), value instanceof Map<?, ?> inner ? ordered(inner) : orderedItems(value)));
        return ordered;
    }

    private static Object orderedItems(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(item -> item instanceof Map<?, ?> inner ? ordered(inner) : item)
                        .toList()
                : value;
    }

    /** The fields that routes of the same function read from the path, and which are therefore in no body. */
    private static Set<String> pathFields(Route route, List<Route> all) {
        return all.stream()
                .filter(other -> other.function().equals(route.function()))
                .flatMap(other -> other.inputs().stream())
                .filter(input -> input.source() == Input.Source.PATH)
                .map(Input::field)
                .collect(Collectors.toSet());
    }

    private record Operation(Route route, Signature types, Set<String> pathFields, Schemas schemas) {

        Map<String, Object> described(String id) {
            var operation = new LinkedHashMap<String, Object>();
            operation.put("operationId", id);
            List<Map<String, Object>> parameters = parameters();
            if (!parameters.isEmpty()) {
                operation.put("parameters", parameters);
            }
            if (route.body() != Body.NONE && types.input() != null) {
                operation.put("requestBody", body(types.input()));
            }
            operation.put(
                    "responses",
                    Map.of(
                            String.valueOf(route.success()),
                            success(),
                            "default",
                            Map.of(
                                    "description",
                                    "An error",
                                    "content",
                                    content(
                                            List.of(MediaTypes.PROBLEM),
                                            Map.of("$ref", "#/components/schemas/Problem")))));
            return operation;
        }

        private List<Map<String, Object>> parameters() {
            var parameters = new ArrayList<Map<String, Object>>();
            for (Input input : route.inputs()) {
                Map<String, Object> schema =
                        types.input() == null ? Map.of() : schemas.member(types.input(), input.field());
                var parameter = new LinkedHashMap<String, Object>(Map.of("name", input.field()));
                switch (input.source()) {
                    case PATH -> parameter.putAll(Map.of("in", "path", "required", true, "schema", schema));
                    case QUERY -> parameter.putAll(Map.of("in", "query", "schema", schema));
                    case QUERY_LIST ->
                        parameter.putAll(Map.of("in", "query", "schema", schema, "style", "form", "explode", true));
                    case QUERY_MAP ->
                        parameter.putAll(
                                Map.of("in", "query", "schema", schema, "style", "deepObject", "explode", true));
                    case QUERY_JSON ->
                        parameter.putAll(Map.of("in", "query", "content", content(List.of(MediaTypes.JSON), schema)));
                    // The Authorization header is the security scheme.
                    case HEADER -> parameter.clear();
                }
                if (!parameter.isEmpty()) {
                    parameters.add(parameter);
                }
            }
            return parameters;
        }

        private Map<String, Object> body(Type input) {
            Map<String, Object> content = switch (route.body()) {
                case NONE -> Map.of();
                case FIELDS, OPTIONAL_FIELDS -> content(route.consumes(), schemas.object(input, this::isInBody));
                case WHOLE -> content(route.consumes(), schemas.of(input));
                case EVENTS -> events(schemas.element(input));
            };
            return Map.of("required", route.body() != Body.OPTIONAL_FIELDS, "content", content);
        }

        private boolean isInBody(String member) {
            return !pathFields.contains(member)
                    && route.inputs().stream().noneMatch(input -> input.field().equals(member));
        }

        private Map<String, Object> events(Map<String, Object> event) {
            Map<String, Object> batch = Map.of("type", "array", "items", event);
            return route.consumes().stream()
                    .collect(Collectors.toMap(
                            Function.identity(),
                            type -> Map.of(
                                    "schema",
                                    switch (type) {
                                        case MediaTypes.CLOUD_EVENT -> event;
                                        case MediaTypes.CLOUD_EVENTS -> batch;
                                        case MediaTypes.JSON -> Map.of("oneOf", List.of(event, batch));
                                        default -> Map.of("type", "string");
                                    })));
        }

        private Map<String, Object> success() {
            if (route.produces().isEmpty() || types.output() == null) {
                return Map.of("description", "Success");
            }
            Map<String, Object> schema = schemas.of(types.output());
            var content = new LinkedHashMap<String, Object>();
            for (String type : route.produces()) {
                boolean isJson = type.equals(MediaTypes.JSON);
                content.putAll(content(List.of(type), isJson ? schema : Map.of("type", "string")));
            }
            return Map.of("description", "Success", "content", content);
        }

        private static Map<String, Object> content(Collection<String> types, Map<String, Object> schema) {
            return types.stream().collect(Collectors.toMap(Function.identity(), type -> Map.of("schema", schema)));
        }
    }
}
