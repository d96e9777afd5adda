package dev.odometer.local.http.server;

import jakarta.servlet.AsyncContext;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;

/** Access to a request's connection, which the servlet API does not give. */
final class Connections {

    /** The attribute in which {@link PlainErrors} stores Tomcat's own request. */
    static final String REQUEST = Connections.class.getName();

    private Connections() {}

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
