package dev.odometer.local.http.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Answers malformed requests with Tomcat's status but without its error page, which would disclose the server. */
public final class PlainErrors extends ErrorReportValve {

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(Connections.REQUEST, request);
        super.invoke(request, response);
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        // Nothing to add.
    }
}
