package dev.odometer.door;

/**
 * What lets scripts of every origin call a route for browsers and read its answers, see https://fetch.spec.whatwg.org.
 * Without credentials: a browser adds none of its own, so a page can only show what it has a token for.
 */
final class Cors {

    /** A wildcard would leave out Authorization. */
    private static final String ASKED_WITH = "Authorization, Content-Type, Traceparent, Tracestate, X-Request-Id";

    private static final String READ = "Content-Disposition, Retry-After, WWW-Authenticate, X-Request-Id";
    /** A day; browsers keep it for less. */
    private static final String SECONDS = "86400";

    private Cors() {}

    /** The answer, which a script may read; problems too. */
    static HttpReply allowed(HttpReply reply) {
        Headers headers =
                reply.headers().with("Access-Control-Allow-Origin", "*").with("Access-Control-Expose-Headers", READ);
        return new HttpReply(reply.status(), headers, reply.body());
    }

    /** The answer to a browser that asks whether a script may. */
    static HttpReply preflight(HttpReply reply, String methods) {
        Headers headers = reply.headers()
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", ASKED_WITH)
                .with("Access-Control-Max-Age", SECONDS);
        return new HttpReply(reply.status(), headers, reply.body());
    }
}
