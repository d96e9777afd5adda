package dev.odometer.door;

import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.route.Route;

/** What answers the requests of a route. */
interface RouteHandler {

    Route route();

    HttpReply serve(MatchedRequest request, Exchange exchange);

    /** Reads an input of which every field of the path is that, if it reads any, and leaves it at that. */
    default HttpReply readOnly(String field) {
        return new HttpReply(204, Headers.NONE, new byte[0]);
    }
}
