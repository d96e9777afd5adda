package dev.odometer.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A dependency graph from byte code, of modules or of the packages of one module. Layer 0 depends on nothing in the
 * graph, and every arrow leads to a lower layer.
 */
record Dependencies(Map<String, Set<String>> edges) {

    /** @param node the node of a class; empty for a class outside of the graph */
    static Dependencies of(JavaClasses classes, Function<JavaClass, String> node) {
        var edges = new TreeMap<String, Set<String>>();
        for (JavaClass origin : classes) {
            String from = node.apply(origin);
            if (from.isEmpty()) {
                continue;
            }
            Set<String> targets = edges.computeIfAbsent(from, name -> new TreeSet<>());
            origin.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> node.apply(dependency.getTargetClass().getBaseComponentType()))
                    .filter(to -> !to.isEmpty() && !to.equals(from))
                    .forEach(targets::add);
        }
        return new Dependencies(edges);
    }

    /**
     * The nodes by layer, the lowest first.
     *
     * @throws IllegalStateException if there is a cycle; it names the nodes that are on the cycle or depend on it
     */
    List<List<String>> layers() {
        Map<String, Set<String>> left = new LinkedHashMap<>(edges);
        List<List<String>> layers = new ArrayList<>();
        Set<String> done = new TreeSet<>();
        while (!left.isEmpty()) {
            List<String> layer = left.entrySet().stream()
                    .filter(entry -> done.containsAll(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (layer.isEmpty()) {
                throw new IllegalStateException("There is a cycle among " + left.keySet());
            }
            layers.add(layer);
            done.addAll(layer);
            layer.forEach(left::remove);
        }
        return layers;
    }

    /** A Mermaid flow chart with the highest layer on top, without arrows that others imply. */
    String drawing() {
        List<List<String>> layers = layers();
        var text = new StringBuilder("```mermaid\nflowchart TB\n");
        for (int i = layers.size() - 1; i >= 0; i--) {
            text.append("    subgraph layer").append(i).append("[\" \"]\n");
            layers.get(i)
                    .forEach(node -> text.append("        ")
                            .append(id(node))
                            .append("[\"")
                            .append(node)
                            .append("\"]\n"));
            text.append("    end\n");
        }
        edges.forEach((from, targets) -> targets.stream()
                .filter(to -> targets.stream().noneMatch(other -> !other.equals(to) && reaches(other, to)))
                .forEach(to -> text.append("    ")
                        .append(id(from))
                        .append(" --> ")
                        .append(id(to))
                        .append('\n')));
        return text.append("```\n").toString();
    }

    private boolean reaches(String from, String to) {
        Set<String> targets = edges.getOrDefault(from, Set.of());
        return targets.contains(to) || targets.stream().anyMatch(next -> reaches(next, to));
    }

    private static String id(String node) {
        return node.chars()
                .mapToObj(c -> Character.isLetterOrDigit(c) ? Character.toString(c) : "_")
                .collect(Collectors.joining());
    }
}
