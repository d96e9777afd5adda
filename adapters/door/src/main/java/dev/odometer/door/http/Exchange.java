package dev.odometer.door.http;

import dev.odometer.functions.route.Body;
import java.time.Duration;

/** Collects what observers need to know about a request while it is served. */
final class Exchange {

    private final long start = System.nanoTime();
    private String function = "";
    private String route = "";
    private boolean isOfEvents;
    private int items;
    private boolean open;
    private ApiKey key = ApiKey.NONE;

    void route(RouteHandler handler) {
        function = handler.function();
        route = handler.route().path();
        isOfEvents = handler.route().body() == Body.EVENTS;
    }

    void items(int count) {
        items = count;
    }

    /** Whether its route is for browsers, which need CORS headers. */
    void open(boolean forBrowsers) {
        open = forBrowsers;
    }

    void key(ApiKey caller) {
        key = caller;
    }

    ApiKey key() {
        return key;
    }

    boolean isOpen() {
        return open;
    }

    Observer.Served served(HttpRequest request, HttpReply reply) {
        boolean areUnread = isOfEvents && items == 0 && !Observer.Served.isSuccess(reply.status());
        return new Observer.Served(
                request.method(),
                function,
                route,
                reply.status(),
                areUnread ? 1 : items,
                request.body().length,
                reply.body().length,
                Duration.ofNanos(System.nanoTime() - start));
    }
}
