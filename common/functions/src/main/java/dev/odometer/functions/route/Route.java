package dev.odometer.functions.route;

import dev.odometer.functions.route.Input.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A row of the table that maps a request to a function.
 *
 * @param method an HTTP method in capitals; GET also serves HEAD
 * @param path a template such as {@code /api/v1/meters/{meterIdOrSlug}}; a literal segment takes precedence over a
 *     template variable
 * @param function the function's name in the catalog; {@code a|b} composes
 * @param success the status of a successful response; 204 has no body
 * @param consumes the accepted media types of the body, without parameters; empty if no body is expected
 * @param produces the media types of the response, without parameters, the preferred one first; empty for a
 *     response without a body, as for 204
 * @param policy the rules that apply to every request
 */
public record Route(
        String method,
        String path,
        String function,
        int success,
        List<Input> inputs,
        Body body,
        List<String> consumes,
        List<String> produces,
        Policy policy) {

    public Route {
        inputs = List.copyOf(inputs);
        consumes = List.copyOf(consumes);
        produces = List.copyOf(produces);
    }

    /**
     * The rules that apply to every request of a route.
     *
     * @param strict whether unknown members of the body are refused instead of ignored, and a single value in the place
     *     of a list, and a 400 lists the invalid parameters, as in version 3 of the wire API; unknown query parameters
     *     are always refused
     * @param open whether browsers may call it: no API key is required, since the function checks the Authorization header
     *     itself, and CORS allows every origin
     * @param scope what the API key of a request must allow; ignored if the route is open
     * @param managed query parameters that require the scope MANAGE, whatever the scope of the route is
     * @param large whether an answer may take so much memory that only a few are made at once
     */
    public record Policy(boolean strict, boolean open, Scope scope, Set<String> managed, boolean large) {

        public Policy {
            managed = Set.copyOf(managed);
        }
    }

    /** Whether unknown members of the body are refused; see {@link Policy}. */
    public boolean strict() {
        return policy.strict;
    }

    /** Whether browsers may call it; see {@link Policy}. */
    public boolean open() {
        return policy.open;
    }

    /** What the API key of a request must allow; see {@link Policy}. */
    public Scope scope() {
        return policy.scope;
    }

    /** Query parameters that require the scope MANAGE; see {@link Policy}. */
    public Set<String> managed() {
        return policy.managed;
    }

    /** Whether an answer may take much memory; see {@link Policy}. */
    public boolean large() {
        return policy.large;
    }

    /**
     * Starts a row: status 200, a JSON response, no request body; the template's variables are inputs. GET requires the
     * scope READ, other methods require MANAGE.
     */
    public static Route of(String method, String path, String function) {
        var inputs = new ArrayList<Input>();
        for (String segment : path.split("/")) {
            if (segment.startsWith("{") && segment.endsWith("}")) {
                inputs.add(new Input(segment.substring(1, segment.length() - 1), Source.PATH));
            }
        }
        return new Route(
                method,
                path,
                function,
                200,
                inputs,
                Body.NONE,
                List.of(),
                List.of(MediaTypes.JSON),
                new Policy(false, false, method.equals("GET") ? Scope.READ : Scope.MANAGE, Set.of(), false));
    }

    public static Route get(String path, String function) {
        return of("GET", path, function);
    }

    public static Route post(String path, String function) {
        return of("POST", path, function);
    }

    public static Route put(String path, String function) {
        return of("PUT", path, function);
    }

    /** Starts a row with status 204. */
    public static Route delete(String path, String function) {
        return of("DELETE", path, function).answers(204);
    }

    public Route query(String... fields) {
        return with(Source.QUERY, fields);
    }

    public Route queryList(String... fields) {
        return with(Source.QUERY_LIST, fields);
    }

    public Route queryMap(String... fields) {
        return with(Source.QUERY_MAP, fields);
    }

    public Route queryJson(String... fields) {
        return with(Source.QUERY_JSON, fields);
    }

    public Route header(String... fields) {
        return with(Source.HEADER, fields);
    }

    private Route with(Source source, String... fields) {
        var more = new ArrayList<>(inputs);
        for (String field : fields) {
            more.add(new Input(field, source));
        }
        return new Route(method, path, function, success, more, body, consumes, produces, policy);
    }

    /** Accepts a body in JSON; for {@link Body#EVENTS} also in the CloudEvents media types and as NDJSON. */
    public Route body(Body use) {
        List<String> types = use == Body.EVENTS ? MediaTypes.EVENTS : List.of(MediaTypes.JSON);
        return new Route(method, path, function, success, inputs, use, types, produces, policy);
    }

    public Route answers(int status) {
        List<String> types = status == 204 ? List.of() : produces;
        return new Route(method, path, function, status, inputs, body, consumes, types, policy);
    }

    /** A response without a body; 204 never has one. */
    public Route answersWithoutBody(int status) {
        return answers(status).produces(new String[0]);
    }

    public Route produces(String... mediaTypes) {
        return new Route(method, path, function, success, inputs, body, consumes, List.of(mediaTypes), policy);
    }

    private Route with(Policy other) {
        return new Route(method, path, function, success, inputs, body, consumes, produces, other);
    }

    /** Makes the route {@link Policy#strict}. */
    public Route refusingUnknownFields() {
        return with(new Policy(true, open(), scope(), managed(), large()));
    }

    /** Opens the route to browsers: its function checks the Authorization header itself. */
    public Route forBrowsers() {
        return with(new Policy(strict(), true, scope(), managed(), large()));
    }

    /** Requires this scope of the request's API key instead of the default of the method. */
    public Route needs(Scope required) {
        return with(new Policy(strict(), open(), required, managed(), large()));
    }

    /** Adds a query parameter that requires the scope MANAGE. */
    public Route managedQuery(String field) {
        var more = new HashSet<>(managed());
        more.add(field);
        return query(field).with(new Policy(strict(), open(), scope(), more, large()));
    }

    /** Answers may be {@link Policy#large}, such as a list whose length the usage determines. */
    public Route answersMayBeLarge() {
        return with(new Policy(strict(), open(), scope(), managed(), true));
    }
}
