package dev.odometer.door;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asks, in the one form that every platform's request is turned into.
 *
 * @param method in capitals
 * @param path as sent, percent-encoding and all, without the query
 * @param query as sent, without the question mark; absent when there was none
 * @param body the bytes as sent, still compressed if they were; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // a copy per request would cost as much as reading it
public record HttpRequest(
        String method, String path, @Nullable String query, Headers headers, byte[] body) {

    /** The same request with that body. */
    public HttpRequest withBody(byte[] bytes) {
        return new HttpRequest(method, path, query, headers, bytes);
    }

    /** Neither headers nor body: they may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
