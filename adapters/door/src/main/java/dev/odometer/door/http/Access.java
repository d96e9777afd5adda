package dev.odometer.door.http;

import dev.odometer.door.http.DoorSettings.PushAccess;
import dev.odometer.door.problem.Rejection;
import dev.odometer.door.request.Query;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Scope;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.MDC;

/** Admits requests by their API key, the scopes of the key, and the rate limits. */
final class Access {

    private final DoorSettings settings;
    private final Predicate<HttpRequest> open;

    /** @param open whether the route of a request needs no API key */
    Access(DoorSettings settings, Predicate<HttpRequest> open) {
        this.settings = settings;
        this.open = open;
    }

    /**
     * The key of the request. Without side effects, so that it can be called before the body is read.
     *
     * @throws Rejection 401
     */
    ApiKey identify(HttpRequest request) {
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
     * The key of the request. Log lines of the request name it. A failure is logged.
     *
     * @throws Rejection 401
     */
    ApiKey authenticate(HttpRequest request) {
        try {
            ApiKey key = identify(request);
            if (!key.name().isEmpty()) {
                MDC.put("apiKey", key.name());
            }
            return key;
        } catch (Rejection unauthorized) {
            settings.apiKeys().refused(request.method(), request.path());
            throw unauthorized;
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
