package dev.odometer.functions.route;

/** An answer about something that has an address of its own, which the reply's {@code Location} names. */
public interface Located {

    /** An absolute path in characters that a URI may have, such as {@code /api/v1/exports/01ARZ…}. */
    String location();
}
