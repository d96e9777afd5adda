package dev.odometer.functions.refusal;

/** Why something is refused; each channel maps a kind to its own signal in one place. */
public enum RefusalKind {
    /** The input breaks a rule; sending it again cannot help. */
    INVALID,
    /** Whoever asks does not show that they may; sending it again cannot help. */
    UNAUTHORIZED,
    /** What the input names does not exist. */
    NOT_FOUND,
    /** The input contradicts the state, such as a key that is taken. */
    CONFLICT,
    /** Nothing is wrong with the input, but it cannot be handled now; sending it again may help. */
    UNAVAILABLE
}
