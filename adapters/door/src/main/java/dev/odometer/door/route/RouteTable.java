package dev.odometer.door.route;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Matches methods and paths to routes. A literal segment takes precedence over a field; ambiguous routes are rejected
 * when the table is built. Immutable.
 */
public final class RouteTable<T> {

    private final List<Row<T>> rows;

    private RouteTable(List<Row<T>> rows) {
        this.rows = rows;
    }

    /**
     * Builds the table from handlers and their routes.
     *
     * @throws IllegalStateException when two routes are ambiguous
     */
    public static <T> RouteTable<T> of(List<T> served, Function<T, Route> route) {
        List<Row<T>> rows = served.stream()
                .map(serves -> Row.of(route.apply(serves), serves))
                .sorted(Comparator.comparing(row -> -row.template.literals()))
                .toList();
        for (int i = 0; i < rows.size(); i++) {
            for (Row<T> other : rows.subList(i + 1, rows.size())) {
                checkDistinct(rows.get(i), other);
            }
        }
        return new RouteTable<>(rows);
    }

    private static void checkDistinct(Row<?> one, Row<?> other) {
        if (one.route.method().equals(other.route.method()) && one.template.isAmbiguousWith(other.template)) {
            throw new StartRefusal(
                    "Two routes match the same path: " + one.route.method() + " " + one.route.path() + " and "
                            + other.route.path(),
                    "Change the path of one of them.");
        }
    }

    /** The match for the request, if there is one; HEAD is served by GET. */
    public Optional<Match<T>> find(String method, List<String> path) {
        String served = method.equals("HEAD") ? "GET" : method;
        return rows.stream()
                .filter(row -> row.route.method().equals(served))
                .flatMap(row ->
                        row
                                .template
                                .match(path)
                                .map(fields -> new Match<>(row.serves, fields, row.route.open()))
                                .stream())
                .findFirst();
    }

    /** The handlers of all routes. */
    public List<T> all() {
        return rows.stream().map(Row::serves).toList();
    }

    /** Whether the route of the request is open; if none has the method, whether any route of the path is open. */
    public boolean isOpen(String method, List<String> path) {
        return find(method, path)
                .map(Match::open)
                .orElseGet(() -> rows.stream()
                        .anyMatch(row ->
                                row.route.open() && row.template.match(path).isPresent()));
    }

    /** The methods of a path as the value of an Allow header; empty if no route matches the path. */
    public Optional<String> allow(List<String> path) {
        var methods = new TreeSet<String>();
        rows.stream()
                .filter(row -> row.template.match(path).isPresent())
                .forEach(row -> methods.add(row.route.method()));
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return Optional.of(String.join(", ", methods));
    }

    private record Row<T>(Route route, Template template, T serves) {

        static <T> Row<T> of(Route route, T serves) {
            return new Row<>(route, Template.parse(route.path()), serves);
        }
    }

    /** The handler of a request, the values of the path fields, and whether the route is open. */
    public record Match<T>(T serves, Map<String, String> fields, boolean open) {}
}
