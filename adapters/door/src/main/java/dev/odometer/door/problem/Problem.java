package dev.odometer.door.problem;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error reply, see https://www.rfc-editor.org/rfc/rfc7807; its members have this order.
 *
 * @param type always {@code about:blank}
 * @param title the status's reason phrase
 * @param detail the error in one sentence; absent for 500, so that no internals are disclosed
 * @param instance the request id, by which the request is found in the log
 * @param extensions machine-readable details; absent if there are none
 * @param invalid_parameters the invalid parts of the input, on routes that list them
 */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String instance,
        @Nullable Map<String, Object> extensions,
        @Nullable List<InvalidParameter> invalid_parameters) {

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    public static Problem of(Rejection rejection, String requestId) {
        return new Problem(
                "about:blank",
                title(rejection.status()),
                rejection.status(),
                rejection.detail(),
                "urn:request:" + requestId,
                rejection.extensions(),
                rejection.invalidParameters());
    }

    /** The reason phrase of a status; a generic one for an unknown status. */
    public static String title(int status) {
        return TITLES.getOrDefault(status, status < 400 ? "Success" : "Error");
    }

    /** The only place that maps refusals to HTTP. */
    public static Rejection from(Refusal refusal) {
        var rejection = rejection(refusal);
        String other = refusal.conflictingId();
        if (other != null) {
            return rejection.extended(Map.of("conflictingEntityId", other));
        }
        return refusal.violations().isEmpty()
                ? rejection
                : rejection.extended(Map.of("validationErrors", refusal.violations()));
    }

    private static Rejection rejection(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> Rejection.of(400, "validation error: " + refusal.detail());
            case UNAUTHORIZED -> Rejection.of(401, refusal.detail()).with("WWW-Authenticate", "Bearer");
            case FORBIDDEN -> Rejection.of(403, "forbidden error: " + refusal.detail());
            case NOT_FOUND -> Rejection.of(404, "not found error: " + refusal.detail());
            case CONFLICT -> Rejection.of(409, "conflict error: " + refusal.detail());
            case PRECONDITION_FAILED -> Rejection.of(412, "precondition failed error: " + refusal.detail());
            case UNAVAILABLE -> Rejection.of(503, refusal.detail()).with("Retry-After", "1");
        };
    }
}
