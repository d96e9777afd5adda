package dev.odometer.door.http;

import dev.odometer.door.http.DoorSettings.PushAccess;
import dev.odometer.door.problem.Rejection;
import dev.odometer.door.request.Query;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Scope;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.MDC;

/** Admits requests by their address, their API key, the scopes of the key, and the rate limits. */
final class Access {

    private final DoorSettings settings;
    private final Predicate<HttpRequest> open;

    /** @param open whether the route of a request needs no API key */
    Access(DoorSettings settings, Predicate<HttpRequest> open) {
        this.settings = settings;
        this.open = open;
    }

    /**
     * The key of the request, if its address is within the rate limit. Without side effects, so that it can be called
     * before the body is read.
     *
     * @throws Rejection 401 or 429
     */
    ApiKey identify(HttpRequest request) {
        settings.rateLimits().checkAddress(request);
        return keyOf(request);
    }

    private ApiKey keyOf(HttpRequest request) {
        if (settings.push() == PushAccess.OPEN && PushRoutes.arePushedTo(request.path())) {
            return ApiKey.NONE;
        }
        Optional<ApiKey> key = settings.apiKeys().find(authorization(request));
        if (key.isEmpty() && !open.test(request)) {
            throw Rejection.of(401, "an API key is required").with("WWW-Authenticate", "Bearer");
        }
        return key.orElse(ApiKey.NONE);
    }

    /**
     * The key of the request, which is counted for its address first. Log lines of the request name the key. A failure
     * is logged.
     *
     * @throws Rejection 401 or 429
     */
    ApiKey authenticate(HttpRequest request, Exchange exchange) {
        countAddress(request, exchange);
        try {
            ApiKey key = keyOf(request);
            if (!key.name().isEmpty()) {
                MDC.put("apiKey", key.name());
            }
            return key;
        } catch (Rejection unauthorized) {
            settings.apiKeys().refused(request.method(), request.path());
            throw unauthorized;
        }
    }

    private void countAddress(HttpRequest request, Exchange exchange) {
        try {
            settings.rateLimits().countAddress(request);
        } catch (Rejection exceeded) {
            // The route is not matched yet. A browser needs the CORS headers to read the refusal.
            exchange.open(open.test(request));
            throw exceeded;
        }
    }

    /**
     * Refuses a request that its key does not allow, or that is beyond a rate limit. Without side effects.
     *
     * @throws Rejection 403 or 429
     */
    void check(ApiKey key, Route route, HttpRequest request) {
        checkScopes(key, route, request);
        settings.rateLimits().check(key, route.open(), authorization(request));
    }

    /**
     * Admits a request to its route, and counts it for the rate limit.
     *
     * @throws Rejection 403 or 429
     */
    void admit(ApiKey key, Route route, HttpRequest request) {
        checkScopes(key, route, request);
        settings.rateLimits().count(key, route.open(), authorization(request));
    }

    private static void checkScopes(ApiKey key, Route route, HttpRequest request) {
        if (route.open()) {
            return;
        }
        require(key, route.scope(), "");
        if (!route.managed().isEmpty()) {
            Query query = Query.parse(request.query());
            for (String parameter : route.managed()) {
                if (!query.all(parameter).isEmpty()) {
                    require(key, Scope.MANAGE, ", which " + parameter + " requires");
                }
            }
        }
    }

    private static void require(ApiKey key, Scope scope, String reason) {
        if (!key.allows(scope)) {
            throw Rejection.of(403, "the " + key + " lacks the scope " + scope.word() + reason);
        }
    }

    private static Optional<String> authorization(HttpRequest request) {
        return request.headers().first("Authorization");
    }
}
