package dev.odometer.door.http;

import org.jspecify.annotations.Nullable;

/**
 * The canonical request, which each platform's request is translated to.
 *
 * @param method in capitals
 * @param path as sent, percent-encoded, without the query and the base path
 * @param query as sent, without the question mark; absent if there was none
 * @param body the bytes as sent, possibly compressed; not to be modified
 * @param basePath what a custom domain or a proxy put in front of the path; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // a copy would double the cost of reading the body
public record HttpRequest(
        String method, String path, @Nullable String query, Headers headers, byte[] body, String basePath) {

    /** A request without a base path. */
    public HttpRequest(String method, String path, @Nullable String query, Headers headers, byte[] body) {
        this(method, path, query, headers, body, "");
    }

    /** A copy with another body. */
    public HttpRequest withBody(byte[] bytes) {
        return new HttpRequest(method, path, query, headers, bytes, basePath);
    }

    /** A copy with the base path removed from the path; unchanged if the path does not begin with it. */
    public HttpRequest below(String base) {
        boolean isBelow =
                path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
        if (base.isEmpty() || !isBelow) {
            return this;
        }
        String rest = path.substring(base.length());
        return new HttpRequest(method, rest.isEmpty() ? "/" : rest, query, headers, body, basePath + base);
    }

    /** Without headers and body, which may contain secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
