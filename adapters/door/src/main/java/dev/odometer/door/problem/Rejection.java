package dev.odometer.door.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A "no" of HTTP itself, before any function was asked. */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    private Rejection(int status, @Nullable String detail, Map<String, String> headers) {
        // No stack trace: it is an answer, not a surprise.
        super(detail, null, false, false);
        this.status = status;
        this.headers = headers;
    }

    public static Rejection of(int status, @Nullable String detail) {
        return new Rejection(status, detail, Map.of());
    }

    /** The same with a header that the status asks for. */
    public Rejection with(String header, String value) {
        return new Rejection(status, getMessage(), Map.of(header, value));
    }

    public int status() {
        return status;
    }

    public @Nullable String detail() {
        return getMessage();
    }

    public Map<String, String> headers() {
        return headers;
    }
}
