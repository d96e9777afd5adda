package dev.odometer.functions.route;

/** A result with a URL of its own, which the response has in its {@code Location} header. */
public interface Located {

    /** An absolute path, URI-encoded, such as {@code /api/v1/exports/01ARZ…}. */
    String location();
}
