package dev.odometer.door.http;

import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;

/** Serves the requests of a route. */
interface RouteHandler {

    Route route();

    /** The name of the function that it calls itself; empty if it passes the request to another door. */
    default String function() {
        return route().function();
    }

    HttpReply serve(MatchedRequest request, Exchange exchange);

    /** The refusal in the form of this route. */
    default RuntimeException explained(Refusal refusal) {
        return refusal;
    }

    /** Warm-up: reads a sample input, with the value for every path field, and calls no function. */
    default HttpReply readOnly(String field) {
        return new HttpReply(204, Headers.NONE, new byte[0]);
    }
}
