package dev.odometer.local.http.server;

import dev.odometer.door.health.Readiness;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Health checks: liveness at {@code /healthz/live}, readiness at {@code /healthz} and {@code /healthz/ready}. The
 * service is ready when its databases respond and have the schema of this version. The endpoints require no API key.
 */
public final class HealthServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;

    private final transient Readiness readiness;

    public HealthServlet(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        answer((HttpServletRequest) request, (HttpServletResponse) response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        Readiness.Answer answer = request.getServletPath().endsWith("/live") ? readiness.live() : readiness.ready();
        response.setStatus(answer.isUp() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Content-Type", "application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(answer.body());
    }
}
