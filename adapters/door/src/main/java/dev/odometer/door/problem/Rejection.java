package dev.odometer.door.problem;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP error that occurs before a function is called. */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;
    private final transient @Nullable Map<String, Object> extensions;
    private final transient @Nullable List<InvalidParameter> invalidParameters;

    private Rejection(
            int status,
            @Nullable String detail,
            Map<String, String> headers,
            @Nullable Map<String, Object> extensions,
            @Nullable List<InvalidParameter> invalidParameters) {
        // No stack trace, because it is an expected reply.
        super(detail, null, false, false);
        this.status = status;
        this.headers = headers;
        this.extensions = extensions;
        this.invalidParameters = invalidParameters;
    }

    public static Rejection of(int status, @Nullable String detail) {
        return new Rejection(status, detail, Map.of(), null, null);
    }

    /** A copy with a header that the status requires. */
    public Rejection with(String header, String value) {
        return new Rejection(status, getMessage(), Map.of(header, value), extensions, invalidParameters);
    }

    /** A copy with machine-readable details. */
    Rejection extended(Map<String, Object> details) {
        return new Rejection(status, getMessage(), headers, details, invalidParameters);
    }

    /** A copy that names the invalid part of the input. */
    public Rejection naming(InvalidParameter parameter) {
        return new Rejection(status, getMessage(), headers, extensions, List.of(parameter));
    }

    public int status() {
        return status;
    }

    public @Nullable String detail() {
        return getMessage();
    }

    public @Nullable Map<String, Object> extensions() {
        return extensions;
    }

    @Nullable
    List<InvalidParameter> invalidParameters() {
        return invalidParameters;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
