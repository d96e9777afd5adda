package dev.odometer.door.http;

import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;

/**
 * A route that reserves memory for a large body or answer, from before the body is parsed until the answer is written
 * into memory.
 */
record BoundedRoute(RouteHandler handler, MemoryBudget memory) implements RouteHandler {

    /** Objects take several times the size of the body. */
    private static final int LARGE_BODY_BYTES = 1024 * 1024;

    @Override
    public Route route() {
        return handler.route();
    }

    @Override
    public HttpReply serve(MatchedRequest request, Exchange exchange) {
        return route().large() || request.body().length > LARGE_BODY_BYTES
                ? memory.reserving(() -> handler.serve(request, exchange))
                : handler.serve(request, exchange);
    }

    @Override
    public RuntimeException explained(Refusal refusal) {
        return handler.explained(refusal);
    }

    @Override
    public HttpReply readOnly(String field) {
        return handler.readOnly(field);
    }
}
