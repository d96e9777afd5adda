package dev.odometer.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** {@code deploy/aws/template.yaml}, read with its intrinsic functions: {@code !Ref A} is the map {@code {!Ref: A}}. */
@NullUnmarked // trees of YAML: a missing key fails the test
record SamTemplate(Map<String, Object> tree) {

    static final String FILE = "deploy/aws/template.yaml";

    /** An event that invokes a function of the template. */
    record Event(Function function, String type, Map<String, Object> properties) {}

    /** A Lambda function, merged with the global settings of the template. */
    record Function(String name, Map<String, Object> properties) {

        Set<String> definition() {
            Object variables = map(properties.get("Environment")).get("Variables");
            Object names = map(variables).get("SPRING_CLOUD_FUNCTION_DEFINITION");
            return names == null
                    ? Set.of()
                    : new TreeSet<>(List.of(names.toString().split(";")));
        }

        List<Event> events() {
            return map(properties.getOrDefault("Events", Map.of())).values().stream()
                    .map(event -> new Event(
                            this,
                            (String) map(event).get("Type"),
                            map(map(event).get("Properties"))))
                    .toList();
        }
    }

    static String text() {
        try {
            return Files.readString(Path.of("../..", FILE));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static SamTemplate parse(String text) {
        return new SamTemplate(map(new Yaml(new Intrinsics()).load(text)));
    }

    private static final class Intrinsics extends SafeConstructor {
        Intrinsics() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    Object value = node instanceof ScalarNode scalar
                            ? scalar.getValue()
                            : node instanceof SequenceNode list
                                    ? constructSequence(list)
                                    : constructMapping((MappingNode) node);
                    return Map.of(node.getTag().getValue(), value);
                }
            });
        }
    }

    List<Function> functions() {
        Map<String, Object> globals = map(map(tree.get("Globals")).get("Function"));
        return resources("AWS::Serverless::Function").entrySet().stream()
                .map(entry -> new Function(entry.getKey(), merged(globals, entry.getValue())))
                .toList();
    }

    List<Event> events() {
        return functions().stream()
                .flatMap(function -> function.events().stream())
                .toList();
    }

    /** The properties of all resources of a type, by their names. */
    Map<String, Map<String, Object>> resources(String type) {
        var found = new LinkedHashMap<String, Map<String, Object>>();
        map(tree.get("Resources")).forEach((name, resource) -> {
            if (map(resource).get("Type").equals(type)) {
                found.put(name, map(map(resource).get("Properties")));
            }
        });
        return found;
    }

    private static Map<String, Object> merged(Map<String, Object> first, Map<String, Object> second) {
        var merged = new LinkedHashMap<>(first);
        second.forEach((name, value) ->
                merged.merge(name, value, (a, b) -> a instanceof Map && b instanceof Map ? merged(map(a), map(b)) : b));
        return merged;
    }

    /** All values of a key at any depth. */
    List<Object> all(String key) {
        var found = new ArrayList<Object>();
        collect(tree, key, found);
        return found;
    }

    private static void collect(Object tree, String key, List<Object> found) {
        Stream<?> children = Stream.of();
        if (tree instanceof Map<?, ?> map) {
            if (map.containsKey(key)) {
                found.add(map.get(key));
            }
            children = map.values().stream();
        } else if (tree instanceof List<?> list) {
            children = list.stream();
        }
        children.forEach(child -> collect(child, key, found));
    }

    @SuppressWarnings("unchecked") // another type fails the test
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** A list, also if the template has a single value without brackets. */
    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }
}
