package dev.odometer.functions.route;

/** What a route does with a request's body. */
public enum Body {
    /** It expects none, and ignores one that is sent. */
    NONE,
    /** A JSON object whose members are fields of the input, beside those from path and query. */
    FIELDS,
    /** A JSON document that is the whole input. */
    WHOLE,
    /** CloudEvents, structured, batched, as plain JSON or in binary mode: the whole input, as a list. */
    EVENTS
}
