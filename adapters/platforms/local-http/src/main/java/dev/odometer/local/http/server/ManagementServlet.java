package dev.odometer.local.http.server;

import dev.odometer.door.http.ApiKey;
import dev.odometer.door.http.ApiKeys;
import dev.odometer.door.http.DoorSettings;
import dev.odometer.door.http.RateLimits;
import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.route.Scope;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Serves a text about the service, such as its metrics, which disclose usage. So it requires an API key with the scope
 * {@code read}; if no keys are configured, the Host must be a local name.
 */
final class ManagementServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final transient Supplier<String> text;
    private final transient ApiKeys keys;
    private final transient RateLimits limits;

    /** @param type the media type of the text, which is sent in UTF-8 */
    ManagementServlet(String type, Supplier<String> text, DoorSettings settings) {
        this.type = type;
        this.text = text;
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
        response.setHeader("Content-Type", type);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text.get().getBytes(StandardCharsets.UTF_8));
    }
}
