package dev.odometer.functions.route;

/** One field of a function's input, and where in a request it comes from. */
public record Input(String field, Source source) {

    /** Where a field comes from. */
    public enum Source {
        /** A {@code {field}} of the path template. */
        PATH,
        /** A query parameter given once; of several the last counts. */
        QUERY,
        /** A query parameter that may be repeated: a list. */
        QUERY_LIST,
        /** Query parameters {@code field[key]=value}: an object. */
        QUERY_MAP,
        /** A query parameter that holds a JSON document. */
        QUERY_JSON,
        /** A request header of that name. */
        HEADER
    }
}
