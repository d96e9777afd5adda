package dev.odometer.functions.refusal;

/** The category of a refusal. Each kind of channel maps it to a status or an outcome in one place. */
public enum RefusalKind {
    /** The input breaks a rule. A retry cannot succeed. */
    INVALID,
    /** The client is not authenticated or lacks permission. A retry cannot succeed. */
    UNAUTHORIZED,
    /** The state of a resource, or the resource that manages it, does not allow the request. A retry cannot succeed. */
    FORBIDDEN,
    /** A resource that the input names does not exist. */
    NOT_FOUND,
    /** The input conflicts with the current state, such as a key that is already in use. */
    CONFLICT,
    /** A resource that the input names exists but is no longer in the state that the request needs, such as deleted. */
    PRECONDITION_FAILED,
    /** The input is valid, but cannot be processed now. A retry may succeed. */
    UNAVAILABLE
}
