package dev.odometer.door;

import dev.odometer.binding.Route;
import dev.odometer.door.request.Incoming;

/** What answers the requests of a route. */
interface Served {

    Route route();

    HttpReply serve(Incoming request, Exchange exchange);
}
