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
 * @param address the IP address of the client, as the socket or the platform's front end reports it, with or without a
 *     port; empty if it is unknown
 */
@SuppressWarnings("ArrayRecordComponent") // a copy would double the cost of reading the body
public record HttpRequest(
        String method,
        String path,
        @Nullable String query,
        Headers headers,
        byte[] body,
        String basePath,
        String address) {

    /** A request without a base path, from an unknown address. */
    public HttpRequest(String method, String path, @Nullable String query, Headers headers, byte[] body) {
        this(method, path, query, headers, body, "", "");
    }

    /** A copy from a client's address. */
    public HttpRequest from(String client) {
        return new HttpRequest(method, path, query, headers, body, basePath, client);
    }

    /**
     * A copy from the address in the last entry of {@code X-Forwarded-For}, for platforms whose front end appends the
     * address that it was called from. The entries before it come from the client.
     */
    public HttpRequest fromLastForwarded() {
        return from(ClientAddress.forwarded(headers, 1).orElse(""));
    }

    /** A copy with another body. */
    public HttpRequest withBody(byte[] bytes) {
        return new HttpRequest(method, path, query, headers, bytes, basePath, address);
    }

    /** A copy with the base path removed from the path; unchanged if the path does not begin with it. */
    public HttpRequest below(String base) {
        boolean isBelow =
                path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
        if (base.isEmpty() || !isBelow) {
            return this;
        }
        String rest = path.substring(base.length());
        return new HttpRequest(method, rest.isEmpty() ? "/" : rest, query, headers, body, basePath + base, address);
    }

    /** Without headers and body, which may contain secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
