package dev.odometer.files.http;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request, which can be sent again.
 *
 * @param headers without those of the connection
 * @param length of the part of the body's array that is sent, from its start
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer, lent until the call has been answered
public record Call(String method, URI uri, Map<String, String> headers, byte[] body, int length) {

    private static final byte[] NOTHING = {};

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call of(String method, URI uri) {
        return new Call(method, uri, Map.of(), NOTHING, 0);
    }

    /** With a header more, or with another value of it. */
    public Call header(String name, String value) {
        var more = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Call(method, uri, more, body, length);
    }

    public Call body(byte[] bytes, int count) {
        return new Call(method, uri, headers, bytes, count);
    }

    /** What can be logged: no query, which may hold a signature, and no header. */
    @Override
    public String toString() {
        return method + " " + uri.getHost() + uri.getRawPath();
    }
}
