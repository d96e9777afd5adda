package dev.odometer.door.http;

import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.route.Route;

/** Serves the requests of a route. */
interface RouteHandler {

    Route route();

    HttpReply serve(MatchedRequest request, Exchange exchange);

    /** Warm-up: reads a sample input, with the value for every path field, and calls no function. */
    default HttpReply readOnly(String field) {
        return new HttpReply(204, Headers.NONE, new byte[0]);
    }
}
