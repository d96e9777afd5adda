package dev.odometer.local.http.server;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Answers malformed requests with Tomcat's status but without its error page, which would disclose the server. */
public final class PlainErrors extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        // Nothing to add.
    }
}
