package dev.odometer.local.http.server;

import dev.odometer.door.http.ApiKey;
import dev.odometer.door.http.ApiKeys;
import dev.odometer.door.http.DoorSettings;
import dev.odometer.door.http.RateLimits;
import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.route.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Serves the metrics in Prometheus's text format. Metrics disclose usage, so they require an API key with the
 * scope {@code read}; if no keys are configured, the Host must be a local name.
 */
final class MetricsServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final transient PrometheusMeterRegistry registry;
    private final transient ApiKeys keys;
    private final transient RateLimits limits;

    MetricsServlet(PrometheusMeterRegistry registry, DoorSettings settings) {
        this.registry = registry;
        this.keys = settings.apiKeys();
        this.limits = settings.rateLimits();
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        answer((HttpServletRequest) request, (HttpServletResponse) response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            limits.countAddress(DoorServlet.head(request));
        } catch (Rejection exceeded) {
            exceeded.headers().forEach(response::setHeader);
            response.setStatus(exceeded.status());
            return;
        }
        Optional<ApiKey> key = keys.find(Optional.ofNullable(request.getHeader("Authorization")));
        if (key.isEmpty()) {
            keys.refused(request.getMethod(), request.getRequestURI());
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        if (!key.get().allows(Scope.READ)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        if (!keys.areConfigured() && !DoorServlet.isThisMachine(request.getServerName())) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        response.setHeader("Content-Type", TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(registry.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
