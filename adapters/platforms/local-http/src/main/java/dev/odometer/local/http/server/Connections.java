package dev.odometer.local.http.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;

/** Access to a request's connection, which the servlet API does not provide. */
final class Connections {

    /** The attribute in which {@link PlainErrors} stores Tomcat's own request. */
    static final String REQUEST = Connections.class.getName();

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private Connections() {}

    /**
     * Tomcat's own request, if the end of its connection can be detected while it is processed, and if it may be
     * canceled: a GET or HEAD request without a body. After a body, Tomcat cannot distinguish the end of the connection
     * from bytes of the next request. Other methods have effects, which must not depend on who waits for them.
     */
    static Optional<Request> detectable(HttpServletRequest request) {
        return SAFE_METHODS.contains(request.getMethod())
                        && request.getContentLengthLong() <= 0
                        && request.getHeader("Transfer-Encoding") == null
                        && request.getAttribute(REQUEST) instanceof Request tomcat
                ? Optional.of(tomcat)
                : Optional.empty();
    }

    /**
     * Whether the client has closed its side of the connection. Does not wait. Not to be called while another thread
     * reads or completes the request.
     */
    static boolean isClosed(Request detectable) {
        // The first call may have read bytes of the next request into Tomcat's buffer, which the second does not count.
        // The end of the connection counts as one byte each time.
        boolean endedOrNext = isReadable(detectable);
        return endedOrNext && isReadable(detectable);
    }

    private static boolean isReadable(Request detectable) {
        org.apache.coyote.Request request = detectable.getCoyoteRequest();
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }

    /**
     * Closes the connection after what was flushed. Without this, Tomcat would read the rest of the request's body, with
     * a thread that waits for the client.
     */
    static void abort(AsyncContext async) {
        if (async.getRequest().getAttribute(REQUEST) instanceof Request request) {
            request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
        }
    }
}
