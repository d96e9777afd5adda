package dev.odometer.door.http;

import dev.odometer.door.function.Functions;
import dev.odometer.door.json.Json;
import dev.odometer.door.problem.Problem;
import dev.odometer.door.problem.Rejection;
import dev.odometer.door.request.Content;
import dev.odometer.door.request.InputReaders;
import dev.odometer.door.request.MatchedRequest;
import dev.odometer.door.request.Percent;
import dev.odometer.door.request.Query;
import dev.odometer.door.route.RouteTable;
import dev.odometer.door.route.RouteTable.Match;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers canonical requests by calling the functions of the routes. It always returns a reply: errors become problem
 * documents. Only unexpected errors become a 500; they are logged once with the request id.
 */
public final class HttpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final byte[] EMPTY = {};
    /** The id that warm-up requests use. Only GET calls a function with it, so it does no harm if it exists. */
    private static final String PLACEHOLDER = "-";

    /** Browsers must not guess another type than the declared one: answers contain texts of clients. */
    private static final String NO_SNIFF = "X-Content-Type-Options";

    private static final HttpReply LAST_RESORT = new HttpReply(
            500, Headers.of("Content-Type", MediaTypes.PROBLEM, "Content-Length", "0", NO_SNIFF, "nosniff"), EMPTY);

    private final Json json;
    private final DoorSettings settings;
    private final List<Observer> observers;
    private final RouteTable<RouteHandler> routes;
    private final Access access;
    private final MemoryBudget memory = MemoryBudget.ofHeap(Runtime.getRuntime().maxMemory());

    /**
     * Merges the tables; routes of inactive functions are omitted.
     *
     * @throws IllegalStateException when a route names an unknown or unsuitable function, or is ambiguous with another
     */
    public HttpDoor(
            Functions functions,
            List<Routes> tables,
            PushRoutes pushes,
            Json json,
            DoorSettings settings,
            List<Observer> observers) {
        this.json = json;
        this.settings = settings;
        this.observers = List.copyOf(observers);
        this.routes = table(functions, tables, pushes);
        this.access = new Access(settings, this::isOpen);
    }

    private RouteTable<RouteHandler> table(Functions functions, List<Routes> tables, PushRoutes pushes) {
        var readers = new InputReaders(json, settings.undeclared());
        var served = new ArrayList<RouteHandler>();
        for (Routes table : tables) {
            for (Route route : table.rows()) {
                if (functions.isActive(route.function())) {
                    var call = functions.find(route.function());
                    served.add(
                            new Endpoint(route, call, readers.of(route, call), json, settings.neutralizesFormulas()));
                }
            }
        }
        served.addAll(pushes.served());
        return RouteTable.of(served, RouteHandler::route);
    }

    /** The maximum size of a body. A platform need not read more than one byte beyond it. */
    public int maxBodyBytes() {
        return settings.maxBodyBytes();
    }

    /** The refusal of a body that is larger than the maximum. */
    public RuntimeException tooLarge() {
        return Content.tooLarge(settings.maxBodyBytes());
    }

    /**
     * The reply to a request that is refused regardless of its body, or needs none: without a key or its scope, beyond a
     * rate limit, for an unknown path, or with a declared length above the maximum. A platform calls it before it reads
     * the body.
     *
     * @param head the request without its body
     * @return empty if the body has to be read
     */
    public Optional<HttpReply> refusal(HttpRequest head) {
        HttpRequest below = head.below(settings.basePath());
        try {
            ApiKey key = access.identify(below);
            Optional<Match<RouteHandler>> match = match(below);
            if (match.isPresent()) {
                access.check(key, match.get().serves().route(), below);
                checkSize(below);
                return Optional.empty();
            }
        } catch (Rejection | Refusal refused) {
            // Answered below, with its log line.
        }
        return Optional.of(handle(head));
    }

    private Optional<Match<RouteHandler>> match(HttpRequest request) {
        return request.path().startsWith("/")
                ? routes.find(request.method(), Percent.segments(request.path()))
                : Optional.empty();
    }

    public HttpReply handle(HttpRequest request) {
        HttpRequest below = request.below(settings.basePath());
        return answer(below, exchange -> serve(below, exchange));
    }

    /** Answers as if a function had thrown the exception, so that a platform's own errors have the same form. */
    public HttpReply replyTo(HttpRequest request, RuntimeException reason) {
        return answer(request, exchange -> {
            exchange.open(isOpen(request.below(settings.basePath())));
            throw reason;
        });
    }

    /**
     * Warm-up: runs every route once without effect. A GET route calls its function with a sample id; the other routes
     * only read a sample input. After the first 503, no more functions are called. Needs no API key, and observers are
     * not notified.
     */
    public void warmUp() {
        boolean mayCall = true;
        for (RouteHandler endpoint : routes.all()) {
            Route route = endpoint.route();
            String path = route.path().replaceAll("\\{[^}]*}", PLACEHOLDER);
            var request = new HttpRequest(route.method(), path, null, Headers.NONE, EMPTY);
            if (route.method().equals("GET") && mayCall) {
                mayCall = warmUp(request, () -> routed(request, new Exchange())).status() != 503;
            } else {
                warmUp(request, () -> endpoint.readOnly(PLACEHOLDER));
            }
        }
    }

    private HttpReply warmUp(HttpRequest request, Supplier<HttpReply> attempt) {
        try (Trace trace = Trace.open(Headers.NONE)) {
            return finished(request, attempted(request, trace, attempt), trace);
        }
    }

    private HttpReply answer(HttpRequest request, Attempt attempt) {
        var exchange = new Exchange();
        try (Trace trace = Trace.open(request.headers())) {
            HttpReply attempted = attempted(request, trace, () -> attempt.reply(exchange));
            HttpReply reply = finished(request, exchange.isOpen() ? Cors.allowed(attempted) : attempted, trace);
            LOG.debug("{} {} -> {}", request.method(), request.path(), reply.status());
            observers.forEach(observer -> observer.served(exchange.served(request, reply)));
            return reply;
        } catch (Throwable exhausted) {
            // Writing the problem failed too, probably out of memory; LAST_RESORT was allocated in advance.
            return LAST_RESORT;
        }
    }

    private HttpReply attempted(HttpRequest request, Trace trace, Supplier<HttpReply> attempt) {
        try {
            return attempt.get();
        } catch (Rejection rejection) {
            return problem(rejection, trace);
        } catch (Refusal refusal) {
            if (refusal.kind() == RefusalKind.UNAVAILABLE) {
                // No stack trace: while a dependency is unavailable, every request logs this line.
                LOG.warn("{} {}: {}, {}", request.method(), request.path(), refusal.detail(), reason(refusal));
            }
            return problem(Problem.from(refusal), trace);
        } catch (Throwable unexpected) {
            // Errors too: a request that runs out of stack or memory must not affect other requests.
            LOG.error("{} {} failed", request.method(), request.path(), unexpected);
            return problem(Rejection.of(500, null), trace);
        }
    }

    private static String reason(Refusal refusal) {
        return String.valueOf(refusal.getCause());
    }

    private HttpReply serve(HttpRequest request, Exchange exchange) {
        exchange.key(access.authenticate(request, exchange));
        return routed(request, exchange);
    }

    private boolean isOpen(HttpRequest request) {
        try {
            return request.path().startsWith("/") && routes.isOpen(request.method(), Percent.segments(request.path()));
        } catch (Refusal malformed) {
            return false;
        }
    }

    private HttpReply routed(HttpRequest request, Exchange exchange) {
        if (!request.path().startsWith("/")) {
            throw unknown(request);
        }
        List<String> path = Percent.segments(request.path());
        Optional<Match<RouteHandler>> found = routes.find(request.method(), path);
        if (found.isEmpty()) {
            return unserved(request, path, exchange);
        }
        Match<RouteHandler> match = found.get();
        exchange.open(match.open());
        exchange.route(match.serves());
        access.admit(exchange.key(), match.serves().route(), request);
        try {
            return memory.serve(match.serves(), incoming(request, match), exchange);
        } catch (Refusal refusal) {
            throw match.serves().explained(refusal);
        }
    }

    /** The reply for a path without a route for the method, or without any route. */
    private HttpReply unserved(HttpRequest request, List<String> path, Exchange exchange) {
        String allow = routes.allow(path).orElseThrow(() -> unknown(request));
        exchange.open(routes.isOpen(request.method(), path));
        if (request.method().equals("OPTIONS")) {
            var reply = new HttpReply(204, Headers.of("Allow", allow), EMPTY);
            return exchange.isOpen() ? Cors.preflight(reply, allow) : reply;
        }
        throw Rejection.of(405, "method not allowed: " + Refusal.quote(request.method()))
                .with("Allow", allow);
    }

    private static Rejection unknown(HttpRequest request) {
        return Rejection.of(404, "not found error: unknown path: " + Refusal.quote(request.path()));
    }

    private void checkSize(HttpRequest request) {
        int longest = settings.maxBodyBytes();
        if (request.body().length > longest
                || Content.declaresMore(request.headers().first("Content-Length"), longest)) {
            throw Content.tooLarge(longest);
        }
    }

    private MatchedRequest incoming(HttpRequest request, Match<RouteHandler> match) {
        checkSize(request);
        int longest = settings.maxBodyBytes();
        Headers headers = request.headers();
        return new MatchedRequest(
                match.fields(),
                Query.parse(request.query()),
                name -> name.equals("Accept") ? headers.joined(name) : headers.first(name),
                headers.startingWith("ce-"),
                Content.decoded(request.body(), headers.joined("Content-Encoding"), longest));
    }

    private HttpReply problem(Rejection rejection, Trace trace) {
        Headers headers = Headers.of("Content-Type", MediaTypes.PROBLEM);
        for (var header : rejection.headers().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue());
        }
        var problem = Problem.of(rejection, trace.requestId());
        return new HttpReply(rejection.status(), headers, json.write(problem));
    }

    private static HttpReply finished(HttpRequest request, HttpReply reply, Trace trace) {
        Headers headers = located(reply.headers(), request.basePath())
                .with("X-Request-Id", trace.requestId())
                .with(NO_SNIFF, "nosniff");
        if (reply.status() != 204) {
            headers = headers.with("Content-Length", String.valueOf(reply.body().length));
        }
        return new HttpReply(reply.status(), headers, request.method().equals("HEAD") ? EMPTY : reply.body());
    }

    /** With the base path in the Location, which functions do not know. */
    private static Headers located(Headers headers, String basePath) {
        return headers.first("Location")
                .filter(location -> !basePath.isEmpty() && location.startsWith("/"))
                .map(location -> headers.replaced("Location", basePath + location))
                .orElse(headers);
    }

    private interface Attempt {
        HttpReply reply(Exchange exchange);
    }
}
