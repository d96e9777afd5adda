package dev.odometer.functions.refusal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An expected error: a kind, and one sentence with the offending value for the client. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTE_LENGTH = 100;

    private final RefusalKind kind;
    private final @Nullable String conflictingId;

    private Refusal(RefusalKind kind, String detail, @Nullable String conflictingId, @Nullable Throwable cause) {
        // No stack trace: a refusal is a normal result, and clients that send invalid input create many of them.
        super(detail, cause, false, false);
        this.kind = kind;
        this.conflictingId = conflictingId;
    }

    public static Refusal invalid(String detail) {
        return new Refusal(RefusalKind.INVALID, detail, null, null);
    }

    public static Refusal unauthorized(String detail) {
        return new Refusal(RefusalKind.UNAUTHORIZED, detail, null, null);
    }

    public static Refusal notFound(String detail) {
        return new Refusal(RefusalKind.NOT_FOUND, detail, null, null);
    }

    public static Refusal conflict(String detail) {
        return new Refusal(RefusalKind.CONFLICT, detail, null, null);
    }

    /** A conflict with an existing resource of that id. */
    public static Refusal conflict(String detail, String conflictingId) {
        return new Refusal(RefusalKind.CONFLICT, detail, conflictingId, null);
    }

    public static Refusal preconditionFailed(String detail) {
        return new Refusal(RefusalKind.PRECONDITION_FAILED, detail, null, null);
    }

    /** The input is valid, but cannot be processed now. The caller should retry. */
    public static Refusal unavailable(String detail) {
        return new Refusal(RefusalKind.UNAVAILABLE, detail, null, null);
    }

    public static Refusal unavailable(String detail, Throwable cause) {
        return new Refusal(RefusalKind.UNAVAILABLE, detail, null, cause);
    }

    /** The same refusal with the place inside a larger input, such as {@code [3].time}, in front of its sentence. */
    public Refusal at(String place) {
        return new Refusal(kind, place + ": " + detail(), conflictingId, getCause());
    }

    public RefusalKind kind() {
        return kind;
    }

    /** The id of the resource that it conflicts with, if known. */
    public @Nullable String conflictingId() {
        return conflictingId;
    }

    /** The error in one sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /**
     * The value shortened for use in a sentence: at most 100 characters, so that a response never echoes a huge input,
     * and with unpaired surrogates replaced by {@code ?}, since UTF-8 cannot encode them.
     */
    public static String quote(String value) {
        boolean whole = value.length() <= MAX_QUOTE_LENGTH;
        String start = whole ? value : value.substring(0, MAX_QUOTE_LENGTH);
        return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + (whole ? "" : "…");
    }
}
