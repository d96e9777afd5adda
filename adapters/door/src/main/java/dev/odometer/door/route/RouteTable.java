package dev.odometer.door.route;

import dev.odometer.functions.route.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All routes, joined. A literal segment beats a field; two routes between which a path could not decide are refused
 * when the table is made.
 */
public final class RouteTable<T> {

    private final List<Row<T>> rows;

    private RouteTable(List<Row<T>> rows) {
        this.rows = rows;
    }

    /**
     * Joins the routes of what serves them.
     *
     * @throws IllegalStateException when two routes contradict each other
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
        if (one.route.method().equals(other.route.method()) && one.template.contradicts(other.template)) {
            throw new IllegalStateException("Two routes match the same path: " + one.route.method() + " "
                    + one.route.path() + " and " + other.route.path());
        }
    }

    /** The row for the request, if there is one; HEAD is served by GET. */
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

    /** What serves the routes, each once. */
    public List<T> all() {
        return rows.stream().map(Row::serves).toList();
    }

    /** Whether the route of the request is open or, where none takes the method, one of the same path. */
    public boolean isOpen(String method, List<String> path) {
        return find(method, path)
                .map(Match::open)
                .orElseGet(() -> rows.stream()
                        .anyMatch(row ->
                                row.route.open() && row.template.match(path).isPresent()));
    }

    /** What a path allows, as the value of an Allow header; nothing for a path that is in no route. */
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

    /** What serves a request, the values of the path's fields, and whether the route is open. */
    public record Match<T>(T serves, Map<String, String> fields, boolean open) {}
}
