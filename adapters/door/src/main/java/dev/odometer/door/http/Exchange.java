package dev.odometer.door.http;

import java.time.Duration;

/** Collects what observers need to know about a request while it is served. */
final class Exchange {

    private final long start = System.nanoTime();
    private String route = "";
    private int items;
    private boolean open;
    private ApiKey key = ApiKey.NONE;

    void route(String template) {
        route = template;
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

    Observer.Served served(HttpRequest request, int status) {
        return new Observer.Served(request.method(), route, status, items, Duration.ofNanos(System.nanoTime() - start));
    }
}
