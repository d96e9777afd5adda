package dev.odometer.local.http.server;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Health checks: liveness at {@code /healthz/live}, readiness at {@code /healthz} and {@code /healthz/ready}. The
 * service is ready when its databases respond. The checks require no API key and disclose nothing else.
 */
public final class HealthServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;
    private static final int TIMEOUT_SECONDS = 2;

    private final transient Supplier<Stream<DataSource>> databases;

    public HealthServlet(Supplier<Stream<DataSource>> databases) {
        this.databases = databases;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        answer((HttpServletRequest) request, (HttpServletResponse) response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        boolean isHealthy =
                request.getServletPath().endsWith("/live") || databases.get().allMatch(HealthServlet::answers);
        response.setStatus(isHealthy ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Content-Type", "application/json");
        response.setHeader("Cache-Control", "no-store");
        String body = isHealthy ? "{\"status\":\"ok\"}" : "{\"status\":\"unavailable\"}";
        response.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean answers(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException unavailable) {
            return false;
        }
    }
}
