package dev.odometer.functions.refusal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An expected "no": a kind, and one sentence with the offending value for whoever sent it. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTE_LENGTH = 100;

    private final RefusalKind kind;
    private final @Nullable String conflictingId;

    private Refusal(RefusalKind kind, String sentence, @Nullable String conflictingId, @Nullable Throwable cause) {
        // No stack trace: a refusal is an answer, made on the hot path by whoever sends nonsense.
        super(sentence, cause, false, false);
        this.kind = kind;
        this.conflictingId = conflictingId;
    }

    public static Refusal invalid(String sentence) {
        return new Refusal(RefusalKind.INVALID, sentence, null, null);
    }

    public static Refusal unauthorized(String sentence) {
        return new Refusal(RefusalKind.UNAUTHORIZED, sentence, null, null);
    }

    public static Refusal notFound(String sentence) {
        return new Refusal(RefusalKind.NOT_FOUND, sentence, null, null);
    }

    public static Refusal conflict(String sentence) {
        return new Refusal(RefusalKind.CONFLICT, sentence, null, null);
    }

    /** A conflict with something that can be named by its id. */
    public static Refusal conflict(String sentence, String conflictingId) {
        return new Refusal(RefusalKind.CONFLICT, sentence, conflictingId, null);
    }

    /** Nothing went wrong; it only has to be asked for again. */
    public static Refusal unavailable(String sentence) {
        return new Refusal(RefusalKind.UNAVAILABLE, sentence, null, null);
    }

    public static Refusal unavailable(String sentence, Throwable cause) {
        return new Refusal(RefusalKind.UNAVAILABLE, sentence, null, cause);
    }

    /** Names the place inside a larger input, such as {@code [3].time}, in front of the same sentence. */
    public Refusal at(String place) {
        return new Refusal(kind, place + ": " + sentence(), conflictingId, getCause());
    }

    public RefusalKind kind() {
        return kind;
    }

    /** What it conflicts with, where that has an id. */
    public @Nullable String conflictingId() {
        return conflictingId;
    }

    /** What was wrong, in one sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /**
     * The value as it may stand in a sentence: at most 100 characters, so that an answer never echoes a huge input, and
     * with halves of surrogate pairs replaced, so that it can be written at all.
     */
    public static String quote(String value) {
        boolean whole = value.length() <= MAX_QUOTE_LENGTH;
        String start = whole ? value : value.substring(0, MAX_QUOTE_LENGTH);
        return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + (whole ? "" : "…");
    }
}
