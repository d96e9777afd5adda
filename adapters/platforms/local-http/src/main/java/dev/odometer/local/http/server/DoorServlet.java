package dev.odometer.local.http.server;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.refusal.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Translates servlet requests and replies to canonical ones and back, for all methods and paths. Requests for
 * files of the console do not reach the door.
 *
 * <p>A client decides how fast it sends and reads. So bodies that have not arrived and answers that do not fit into the
 * socket's buffer are read and written without a thread, within a deadline. What can be refused without the body is
 * refused before the body is read: a client without an API key occupies neither a thread nor memory.
 */
public final class DoorServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;
    private static final byte[] EMPTY = {};
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[?(::1|(0:){7}1)]?");

    private final transient HttpDoor door;
    private final transient BodyBudget budget;
    private final transient ConsoleFiles console;
    private final transient Replies replies;
    private final transient ClientWatch watch = new ClientWatch();
    private final boolean isOpen;

    /** The memory of bodies and answers in flight. */
    public record Budgets(BodyBudget bodies, ReplyBudget replies) {}

    /** @param isOpen whether no API keys are configured, so that every process on this machine has access */
    public DoorServlet(HttpDoor door, ConsoleFiles console, Budgets budgets, ClientTimeouts timeouts, boolean isOpen) {
        this.door = door;
        this.console = console;
        this.budget = budgets.bodies;
        this.replies = new Replies(door, budgets.replies, timeouts);
        this.isOpen = isOpen;
    }

    @Override
    public void init() {
        watch.start();
    }

    @Override
    public void destroy() {
        watch.stop();
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        serve((HttpServletRequest) request, (HttpServletResponse) response);
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpRequest head = head(request);
        Optional<HttpReply> foreign = foreignHost(request, head);
        Optional<HttpReply> file = foreign.isEmpty() && !hasBody(request) ? console.reply(head) : Optional.empty();
        if (file.isPresent()) {
            replies.writeKept(file.get(), request, response);
        } else if (!hasBody(request)) {
            HttpReply reply = foreign.orElseGet(() -> watch.serve(request, () -> door.handle(head)));
            replies.write(reply, head, request, response);
        } else {
            byte[] arrived = foreign.isEmpty() ? arrived(request) : EMPTY;
            if (arrived.length > 0 && arrived.length == request.getContentLengthLong()) {
                replies.write(door.handle(head.withBody(arrived)), head, request, response);
            } else {
                // Without a key, the body is not read.
                readBody(foreign.or(() -> door.refusal(head)), head.withBody(arrived), request, response);
            }
        }
    }

    /** @param head with the part of the body that is read already */
    private void readBody(
            Optional<HttpReply> refusal, HttpRequest head, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (refusal.isPresent() && request.getContentLengthLong() > 2L * door.maxBodyBytes()) {
            // Tomcat closes the connection instead of reading that much.
            replies.write(refusal.get(), head, request, response);
        } else {
            AsyncContext async = request.startAsync(request, response);
            new BodyReader(replies, budget, head, refusal, async).start();
        }
    }

    private Optional<HttpReply> foreignHost(HttpServletRequest request, HttpRequest head) {
        return isOpen && request.getHeader("Host") != null && !isThisMachine(request.getServerName())
                ? Optional.of(door.replyTo(head, Refusal.invalid("without API keys the Host must be localhost")))
                : Optional.empty();
    }

    /**
     * Protects against DNS rebinding: a web page can resolve its own host name to this machine and call the service.
     */
    static boolean isThisMachine(String host) {
        return THIS_MACHINE.matcher(host).matches();
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /**
     * The part of a short body that came with the headers and is in Tomcat's buffer: usually all of it. Tomcat counts the
     * bytes in its buffer only after the first one is read. All of them are read, since Tomcat fills the buffer anew when
     * the rest is read asynchronously.
     */
    private static byte[] arrived(HttpServletRequest request) throws IOException {
        long declared = request.getContentLengthLong();
        ServletInputStream in = request.getInputStream();
        // A compressed body is read by BodyReader, which reserves memory for the decompressed one.
        boolean isShort =
                declared > 0 && declared <= Replies.FEW_BYTES && request.getHeader("Content-Encoding") == null;
        if (!isShort || in.available() == 0) {
            return EMPTY;
        }
        int first = in.read();
        if (first < 0) {
            return EMPTY;
        }
        var body = new byte[1 + (int) Math.min(in.available(), declared - 1)];
        body[0] = (byte) first;
        int count = in.read(body, 1, body.length - 1);
        return Arrays.copyOf(body, 1 + Math.max(0, count));
    }

    static HttpRequest head(HttpServletRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        if (request.getAttribute("trace_id") instanceof String trace
                && request.getAttribute("span_id") instanceof String span) {
            // An OpenTelemetry agent has started a span. The log has its trace id then.
            headers.keySet().removeIf("traceparent"::equalsIgnoreCase);
            headers.put("traceparent", List.of("00-" + trace + "-" + span + "-01"));
        }
        return new HttpRequest(
                        request.getMethod(),
                        request.getRequestURI(),
                        request.getQueryString(),
                        Headers.of(headers),
                        EMPTY)
                .from(request.getRemoteAddr());
    }
}
