package dev.odometer.api.functions.info;

import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Route;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes the API as an OpenAPI 3.1 document of all routes. */
public final class DescribeApi implements Supplier<Map<String, Object>> {

    private static final Map<String, Object> INFO = Map.of(
            "title",
            "Odometer",
            "version",
            "v1",
            "description",
            "Usage metering, entitlements, notifications and billing. Times are RFC 3339 with an offset; amounts of"
                    + " money are strings of decimals.",
            "contact",
            Map.of("name", "The Odometer project"),
            "license",
            Map.of("name", "Apache 2.0", "identifier", "Apache-2.0"));

    private static final Map<String, Object> SECURITY_SCHEMES = Map.of(
            Operation.API_KEY,
            Map.of(
                    "type", "http",
                    "scheme", "bearer",
                    "description", "An API key. A service without keys accepts requests from its own machine only."),
            Operation.PORTAL_TOKEN,
            Map.of(
                    "type", "http",
                    "scheme", "bearer",
                    "description", "A portal token, which createPortalToken creates for one subject."));

    private final Supplier<List<Route>> routes;
    private final Function<String, Signature> signatures;

    /**
     * A description of these routes.
     *
     * @param routes in the order in which routes of the same function are named
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
        Descriptions descriptions = Descriptions.read();
        var schemas = new Schemas(descriptions);
        var paths = new TreeMap<String, Map<String, Object>>();
        var tags = new TreeSet<String>();
        var first = new TreeMap<String, Route>();
        List<Route> all = routes.get();
        for (Route route : all) {
            Route named = first.computeIfAbsent(route.function(), absent -> route);
            var operation = new Operation(route, signatures.apply(route.function()), pathFields(route, all), schemas);
            tags.add(operation.tag());
            paths.computeIfAbsent(route.path(), path -> new TreeMap<>())
                    .put(
                            route.method().toLowerCase(Locale.ROOT),
                            operation.described(Operation.id(route, named), descriptions));
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.1");
        document.put("info", INFO);
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("tags", tags.stream().map(Tags::described).toList());
        document.put("paths", paths);
        document.put("components", components(schemas));
        document.put("security", List.of(Map.of(Operation.API_KEY, List.of()), Map.of()));
        return ordered(document);
    }

    private static Map<String, Object> components(Schemas schemas) {
        var components = new LinkedHashMap<String, Object>(schemas.components());
        components.put("Problem", Problems.SCHEMA);
        return Map.of("schemas", components, "responses", Problems.RESPONSES, "securitySchemes", SECURITY_SCHEMES);
    }

    /** With members in one order, so that the document is the same in every process. */
    private static Map<String, Object> ordered(Map<?, ?> map) {
        var ordered = new TreeMap<String, Object>();
        map.forEach((name, value) -> ordered.put(
                String.valueOf(name), value instanceof Map<?, ?> inner ? ordered(inner) : orderedItems(value)));
        return ordered;
    }

    private static Object orderedItems(Object value) {
        return value instanceof Collection<?> list
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
}
