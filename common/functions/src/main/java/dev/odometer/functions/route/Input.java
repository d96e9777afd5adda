package dev.odometer.functions.route;

/** One field of a function's input, and the part of the request that it is read from. */
public record Input(String field, Source source) {

    /** The part of a request that a field is read from. */
    public enum Source {
        /** A {@code {field}} of the path template. */
        PATH,
        /** A query parameter with one value; it is refused if it is repeated. */
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
