package dev.odometer.files.http;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP request that can be sent repeatedly.
 *
 * @param headers without connection headers, such as Host
 * @param body the buffer of the body; the caller must not change it before the response has arrived
 * @param length the number of bytes of the buffer that are sent, from its start
 */
@SuppressWarnings("ArrayRecordComponent") // a shared buffer; copies would double the memory of an upload
public record Call(String method, URI uri, Map<String, String> headers, byte[] body, int length) {

    private static final byte[] EMPTY = {};

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call of(String method, URI uri) {
        return new Call(method, uri, Map.of(), EMPTY, 0);
    }

    /** A copy with a header added or replaced. */
    public Call header(String name, String value) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.put(name, value);
        return new Call(method, uri, all, body, length);
    }

    public Call body(byte[] bytes, int count) {
        return new Call(method, uri, headers, bytes, count);
    }

    /** Safe to log: omits the query, which may contain a signature, and the headers. */
    @Override
    public String toString() {
        return method + " " + uri.getHost() + uri.getRawPath();
    }
}
