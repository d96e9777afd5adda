package dev.odometer.functions.route;

/** How a route uses the request's body. */
public enum Body {
    /** No body is expected; one that is sent is ignored. */
    NONE,
    /** A JSON object whose members are fields of the input, in addition to those from path and query. */
    FIELDS,
    /** Like {@link #FIELDS}, and no body is an object without members, because every member is optional. */
    OPTIONAL_FIELDS,
    /** A JSON document that is the whole input. */
    WHOLE,
    /** CloudEvents in structured, batched or binary mode or as plain JSON: the whole input, as a list. */
    EVENTS
}
