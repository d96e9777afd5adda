package dev.odometer.local.http;

import dev.odometer.door.Headers;
import dev.odometer.door.HttpDoor;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
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

/** Turns a servlet's request into a canonical one and a canonical reply into a servlet's, for every method and path. */
final class DoorServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = {};
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[?(::1|(0:){7}1)]?");

    private final transient HttpDoor door;
    private final transient BodyBudget budget;
    private final boolean isOpen;

    /** @param isOpen whether everybody on this machine may call, as without API keys */
    DoorServlet(HttpDoor door, BodyBudget budget, boolean isOpen) {
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
            return door.refuse(
                    canonical(request, NOTHING), Refusal.invalid("without API keys the Host must be localhost"));
        }
        long room = room(request);
        if (room == 0) {
            return door.handle(canonical(request, NOTHING));
        }
        if (!budget.take(room)) {
            return door.refuse(canonical(request, NOTHING), busy());
        }
        try {
            return door.handle(canonical(request, read(request)));
        } catch (IOException broken) {
            return door.refuse(canonical(request, NOTHING), Refusal.invalid("the body ended early"));
        } finally {
            budget.give(room);
        }
    }

    /** A page in a browser can give a foreign name this machine's address, and then call as if it were local. */
    static boolean isThisMachine(String host) {
        return THIS_MACHINE.matcher(host).matches();
    }

    /** How much memory the body may need; none for one that the door refuses by its declared length. */
    private long room(HttpServletRequest request) {
        long declared = request.getContentLengthLong();
        long longest = door.maxBodyBytes();
        if (declared == 0 || declared > longest || (declared < 0 && request.getHeader("Transfer-Encoding") == null)) {
            return 0;
        }
        long inflated = request.getHeader("Content-Encoding") == null ? 0 : longest;
        return (declared < 0 ? longest : declared) + inflated;
    }

    private static Refusal busy() {
        return Refusal.unavailable("too many long bodies at once", new IllegalStateException("body budget used up"));
    }

    /** The body, or one byte more than the door takes, which is enough for it to say so. */
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
