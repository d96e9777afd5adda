package dev.odometer.api.functions.info;

import dev.odometer.api.functions.info.DescribeApi.Signature;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Input.Source;
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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A route as an operation of an OpenAPI document.
 *
 * @param pathFields the fields that are read from a path, and which are therefore in no body
 */
record Operation(Route route, Signature types, Set<String> pathFields, Schemas schemas) {

    static final String VERSION_3 = " (version 3)";
    static final String API_KEY = "apiKey";
    static final String PORTAL_TOKEN = "portalToken";

    /** The version and the first segment after it, which OpenMeter's version 3 has below a segment of its own. */
    private static final Pattern PLACE = Pattern.compile("/api/v(\\d+)/(?:openmeter/)?([\\w-]+).*");

    /**
     * The function's name; a further route of a function adds what distinguishes it.
     *
     * @param first the first route of the function
     */
    static String id(Route route, Route first) {
        if (route.equals(first)) {
            return route.function();
        }
        if (route.path().equals(first.path())) {
            return route.function() + capitalized(route.method().toLowerCase(Locale.ROOT));
        }
        Matcher place = PLACE.matcher(route.path());
        if (!place.matches()) {
            String name = route.path().substring(route.path().lastIndexOf('/') + 1);
            return route.function() + capitalized(name.replaceFirst("\\W.*", ""));
        }
        String version = "V" + place.group(1);
        return route.function() + (route.function().endsWith(version) ? "" : version) + capitalized(place.group(2));
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The group of the operation: clients are generated with a class for each tag. */
    String tag() {
        Matcher place = PLACE.matcher(route.path());
        return place.matches() ? place.group(2) + (place.group(1).equals("3") ? VERSION_3 : "") : "api";
    }

    Map<String, Object> described(String id, Descriptions descriptions) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", id);
        operation.put("tags", List.of(tag()));
        operation.put("summary", summary());
        descriptions.ofFunction(route.function()).ifPresent(text -> operation.put("description", text));
        List<Map<String, Object>> parameters = parameters();
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.body() != Body.NONE && types.input() != null) {
            operation.put("requestBody", body(types.input()));
        }
        operation.put("responses", responses());
        if (route.open()) {
            operation.put("security", List.of(Map.of(PORTAL_TOKEN, List.of())));
        }
        return operation;
    }

    /** The words of the function's name: {@code createMeterV3} is "Create meter (version 3)". */
    private String summary() {
        Matcher version = Pattern.compile("(.*)V(\\d)").matcher(route.function());
        String name = version.matches() ? version.group(1) : route.function();
        String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return capitalized(words) + (version.matches() ? " (version " + version.group(2) + ")" : "");
    }

    private List<Map<String, Object>> parameters() {
        var parameters = new ArrayList<Map<String, Object>>();
        for (Input input : route.inputs()) {
            // The Authorization header is the security scheme.
            if (input.source() != Source.HEADER) {
                parameters.add(parameter(input));
            }
        }
        return parameters;
    }

    private Map<String, Object> parameter(Input input) {
        Map<String, Object> schema = types.input() == null ? Map.of() : schemas.member(types.input(), input.field());
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", input.field());
        parameter.put("in", input.source() == Source.PATH ? "path" : "query");
        if (schema.get("description") instanceof String text) {
            parameter.put("description", text);
            schema = without(schema, "description");
        }
        if (types.input() != null && schemas.isRequired(types.input(), input.field())) {
            parameter.put("required", true);
        }
        switch (input.source()) {
            case PATH -> parameter.putAll(Map.of("required", true, "schema", schema));
            case QUERY_LIST -> parameter.putAll(Map.of("schema", schema, "style", "form", "explode", true));
            case QUERY_MAP -> parameter.putAll(Map.of("schema", schema, "style", "deepObject", "explode", true));
            case QUERY_JSON -> parameter.put("content", content(List.of(MediaTypes.JSON), schema));
            default -> parameter.put("schema", schema);
        }
        return parameter;
    }

    private static Map<String, Object> without(Map<String, Object> schema, String member) {
        var rest = new LinkedHashMap<>(schema);
        rest.remove(member);
        return rest;
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
                                    // JSON may also be one event; generators cannot make types of this alternative.
                                    case MediaTypes.CLOUD_EVENTS, MediaTypes.JSON -> batch;
                                    default -> Map.of("type", "string");
                                })));
    }

    private Map<String, Object> responses() {
        var responses = new LinkedHashMap<String, Object>();
        responses.put(String.valueOf(route.success()), success(types.output()));
        if (!route.inputs().isEmpty() || route.body() != Body.NONE) {
            responses.put("400", Problems.reference("BadRequest"));
        }
        responses.put("401", Problems.reference("Unauthorized"));
        responses.put("403", Problems.reference("Forbidden"));
        if (route.path().contains("{")) {
            responses.put("404", Problems.reference("NotFound"));
        }
        if (!route.method().equals("GET")) {
            responses.put("409", Problems.reference("Conflict"));
        }
        responses.put("default", Problems.reference("Problem"));
        return responses;
    }

    private Map<String, Object> success(@Nullable Type output) {
        if (route.produces().isEmpty() || output == null) {
            return Map.of("description", "Success");
        }
        var content = new LinkedHashMap<String, Object>();
        for (String type : route.produces()) {
            Map<String, Object> schema = switch (type) {
                case MediaTypes.JSON -> schemas.of(output);
                case MediaTypes.PDF -> Map.of("type", "string", "format", "binary");
                default -> Map.of("type", "string");
            };
            content.putAll(content(List.of(type), schema));
        }
        return Map.of("description", "Success", "content", content);
    }

    private static Map<String, Object> content(Collection<String> types, Map<String, Object> schema) {
        return types.stream().collect(Collectors.toMap(Function.identity(), type -> Map.of("schema", schema)));
    }
}
