package dev.odometer.door.http;

/**
 * CORS headers of the routes for browsers, see https://fetch.spec.whatwg.org. Scripts of every origin may call them.
 * Credentials are not allowed: the browser adds no cookies, so a page can only read what its token gives access to.
 */
final class Cors {

    /** A list, because the wildcard does not include Authorization. */
    private static final String ALLOWED_HEADERS = "Authorization, Content-Type, Traceparent, Tracestate, X-Request-Id";

    private static final String EXPOSED_HEADERS = "Content-Disposition, Retry-After, WWW-Authenticate, X-Request-Id";
    /** One day; browsers limit it to less. */
    private static final String MAX_AGE_SECONDS = "86400";

    private Cors() {}

    /** The reply, readable by scripts. Problems need these headers too. */
    static HttpReply allowed(HttpReply reply) {
        Headers headers = reply.headers()
                .with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        return new HttpReply(reply.status(), headers, reply.body());
    }

    /** The reply to a preflight request. */
    static HttpReply preflight(HttpReply reply, String methods) {
        Headers headers = reply.headers()
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", ALLOWED_HEADERS)
                .with("Access-Control-Max-Age", MAX_AGE_SECONDS);
        return new HttpReply(reply.status(), headers, reply.body());
    }
}
