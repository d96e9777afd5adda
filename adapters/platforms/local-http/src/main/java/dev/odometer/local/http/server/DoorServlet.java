package dev.odometer.local.http.server;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.refusal.Refusal;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Translates servlet requests and replies to canonical ones and back, for all methods and paths. */
public final class DoorServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;
    private static final byte[] EMPTY = {};
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[?(::1|(0:){7}1)]?");

    private final transient HttpDoor door;
    private final transient BodyBudget budget;
    private final boolean isOpen;

    /** @param isOpen whether no API keys are configured, so that every process on this machine has access */
    public DoorServlet(HttpDoor door, BodyBudget budget, boolean isOpen) {
        this.door = door;
        this.budget = budget;
        this.isOpen = isOpen;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        write(answer((HttpServletRequest) request), (HttpServletResponse) response);
    }

    private HttpReply answer(HttpServletRequest request) {
        if (isOpen && request.getHeader("Host") != null && !isThisMachine(request.getServerName())) {
            return door.replyTo(
                    canonical(request, EMPTY), Refusal.invalid("without API keys the Host must be localhost"));
        }
        long memory = memory(request);
        if (memory == 0) {
            return door.handle(canonical(request, EMPTY));
        }
        if (!budget.take(memory)) {
            return door.replyTo(canonical(request, EMPTY), busy());
        }
        try {
            return door.handle(canonical(request, read(request)));
        } catch (IOException broken) {
            return door.replyTo(canonical(request, EMPTY), Refusal.invalid("the body ended early"));
        } finally {
            budget.give(memory);
        }
    }

    /**
     * Protects against DNS rebinding: a web page can resolve its own host name to this machine and call the service.
     */
    static boolean isThisMachine(String host) {
        return THIS_MACHINE.matcher(host).matches();
    }

    /**
     * The memory that the body may need, in bytes; 0 for a body that the door refuses because of its declared length.
     */
    private long memory(HttpServletRequest request) {
        long declared = request.getContentLengthLong();
        long maxBytes = door.maxBodyBytes();
        if (declared == 0 || declared > maxBytes || (declared < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return 0;
        }
        long inflated = request.getHeader("Content-Encoding") == null ? 0 : maxBytes;
        return (declared < 0 ? maxBytes : declared) + inflated;
    }

    private static Refusal busy() {
        return Refusal.unavailable("too many large bodies at once", new IllegalStateException("body budget exhausted"));
    }

    /** The body, or one byte more than the maximum, so that the door refuses it. */
    private byte[] read(HttpServletRequest request) throws IOException {
        long declared = request.getContentLengthLong();
        if (declared < 0) {
            return request.getInputStream().readNBytes(door.maxBodyBytes() + 1);
        }
        byte[] body = new byte[(int) declared];
        if (request.getInputStream().readNBytes(body, 0, body.length) < body.length) {
            throw new IOException("the body is shorter than declared");
        }
        return body;
    }

    private static HttpRequest canonical(HttpServletRequest request, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return new HttpRequest(
                request.getMethod(), request.getRequestURI(), request.getQueryString(), Headers.of(headers), body);
    }

    private static void write(HttpReply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach(response::addHeader);
        response.getOutputStream().write(reply.body());
    }
}
