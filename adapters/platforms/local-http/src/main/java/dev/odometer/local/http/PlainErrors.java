package dev.odometer.local.http;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Tomcat's own "no", to requests that are not HTTP, without a page: a status says enough, and shows no server. */
public final class PlainErrors extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        // Nothing to add.
    }
}
