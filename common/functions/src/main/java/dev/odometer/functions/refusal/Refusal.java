package dev.odometer.functions.refusal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expected error: a kind, and one sentence with the offending value for the client. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTE_LENGTH = 100;

    private final RefusalKind kind;
    private final @Nullable String conflictingId;
    private final transient List<Violation> violations;

    private Refusal(RefusalKind kind, String detail, @Nullable String conflictingId, @Nullable Throwable cause) {
        this(kind, detail, conflictingId, cause, List.of());
    }

    private Refusal(
            RefusalKind kind,
            String detail,
            @Nullable String conflictingId,
            @Nullable Throwable cause,
            List<Violation> violations) {
        // No stack trace: a refusal is a normal result, and clients that send invalid input create many of them.
        super(detail, cause, false, false);
        this.kind = kind;
        this.conflictingId = conflictingId;
        this.violations = List.copyOf(violations);
    }

    /**
     * A rule that the input breaks, for clients that handle each by its code.
     *
     * @param field a JSONPath into the input
     * @param code the name of the rule, in lower-case letters with underscores
     * @param message the rule in words
     */
    public record Violation(String field, String code, String message) {}

    public static Refusal invalid(String detail) {
        return new Refusal(RefusalKind.INVALID, detail, null, null);
    }

    /** A refusal with all rules that the input breaks. */
    public static Refusal invalid(String detail, List<Violation> violations) {
        return new Refusal(RefusalKind.INVALID, detail, null, null, violations);
    }

    public static Refusal forbidden(String detail) {
        return new Refusal(RefusalKind.FORBIDDEN, detail, null, null);
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

    /** A conflict with all rules that the request would break. */
    public static Refusal conflict(String detail, List<Violation> violations) {
        return new Refusal(RefusalKind.CONFLICT, detail, null, null, violations);
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
        return new Refusal(kind, place + ": " + detail(), conflictingId, getCause(), violations);
    }

    /** The same refusal of a sentence that begins with a field, with the place before the field: {@code lines[0].name}. */
    public Refusal within(String place) {
        return new Refusal(kind, place + "." + detail(), conflictingId, getCause(), violations);
    }

    public RefusalKind kind() {
        return kind;
    }

    /** The id of the resource that it conflicts with, if known. */
    public @Nullable String conflictingId() {
        return conflictingId;
    }

    /** The rules that the input breaks, if they have codes. */
    public List<Violation> violations() {
        return violations;
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
