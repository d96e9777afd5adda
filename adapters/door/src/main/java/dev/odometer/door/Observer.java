package dev.odometer.door;

import java.time.Duration;

/** Is told of every request once its reply is made, on the request's own thread: it must be quick and never throw. */
@FunctionalInterface
public interface Observer {

    void served(Served served);

    /**
     * A request and what became of it.
     *
     * @param method as sent
     * @param route the template of the route that served it, such as {@code /api/v1/meters/{id}}; empty when none did
     * @param status of the reply
     * @param items how many events the body held, when it was read that far
     * @param took from the complete request to the reply, before it is written
     */
    record Served(String method, String route, int status, int items, Duration took) {}
}
