package dev.odometer.door;

import java.time.Duration;

/** What becomes known of a request while it is served, for whoever observes. */
final class Exchange {

    private final long start = System.nanoTime();
    private String route = "";
    private int items;
    private boolean open;

    void route(String template) {
        route = template;
    }

    void items(int count) {
        items = count;
    }

    /** That it is about a route for browsers. */
    void open(boolean forBrowsers) {
        open = forBrowsers;
    }

    boolean isOpen() {
        return open;
    }

    Observer.Served served(HttpRequest request, int status) {
        return new Observer.Served(request.method(), route, status, items, Duration.ofNanos(System.nanoTime() - start));
    }
}
