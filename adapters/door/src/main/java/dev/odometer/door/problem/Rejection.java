package dev.odometer.door.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP error that occurs before a function is called. */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;
    private final transient @Nullable Map<String, String> extensions;

    private Rejection(
            int status,
            @Nullable String detail,
            Map<String, String> headers,
            @Nullable Map<String, String> extensions) {
        // No stack trace, because it is an expected reply.
        super(detail, null, false, false);
        this.status = status;
        this.headers = headers;
        this.extensions = extensions;
    }

    public static Rejection of(int status, @Nullable String detail) {
        return new Rejection(status, detail, Map.of(), null);
    }

    /** A copy with a header that the status requires. */
    public Rejection with(String header, String value) {
        return new Rejection(status, getMessage(), Map.of(header, value), extensions);
    }

    /** A copy with machine-readable details. */
    Rejection extended(Map<String, String> details) {
        return new Rejection(status, getMessage(), headers, details);
    }

    public int status() {
        return status;
    }

    public @Nullable String detail() {
        return getMessage();
    }

    public @Nullable Map<String, String> extensions() {
        return extensions;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
