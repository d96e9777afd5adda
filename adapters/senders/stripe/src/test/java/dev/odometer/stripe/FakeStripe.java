package dev.odometer.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that behaves as Stripe's documentation says, for invoices and invoice items: authentication, forms, unknown
 * parameters, idempotency keys that are kept for 24 hours, pages, and what a status allows. Faults can be planned by the
 * number of the request.
 */
public final class FakeStripe implements AutoCloseable {

    public static final String KEY = "sk_test_fake";
    private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        // Headers and bodies are written separately; with Nagle's algorithm each response would take 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What goes wrong with a request. */
    public enum Fault {
        /** The connection is cut before the request is executed. */
        CUT_BEFORE,
        /** The connection is cut after the request was executed. */
        CUT_AFTER,
        /** The request is executed, and the response never comes. */
        SLOW,
        /** The request is not executed, and the response never comes. */
        HANGING,
        RATE_LIMITED,
        /** Another request with the same key is in progress. */
        KEY_IN_USE,
        /** Fails without an effect, and saves the failure. */
        ERROR,
        /** Fails after the request was executed, and saves the failure. */
        ERROR_AFTER,
        /** Fails without an effect and says that a retry may succeed. */
        RETRYABLE_ERROR,
        /** A gateway answers in HTML. */
        GATEWAY
    }

    /** A received request. */
    public record Request(
            String method, String path, Map<String, String> parameters, Map<String, List<String>> headers) {

        @Nullable
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.get(0);
        }
    }

    /** A response. */
    record Answer(int status, Map<String, Object> body) {}

    private record Saved(Instant at, Map<String, String> parameters, String path, Answer answer) {}

    public final StripeAccount account = new StripeAccount(() -> this.now);
    public final List<Request> received = new CopyOnWriteArrayList<>();
    private final Map<Integer, Fault> faults = new ConcurrentHashMap<>();
    private final Map<String, Saved> keys = new HashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Instant now = Instant.parse("2026-02-01T00:00:00Z");

    public FakeStripe() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::exchange);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void setNow(Instant time) {
        now = time;
    }

    /** @param request its number, from 0 */
    public void plan(int request, Fault fault) {
        faults.put(request, fault);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = request(exchange);
            Fault fault;
            synchronized (this) {
                fault = faults.get(received.size());
                received.add(request);
            }
            if (fault == null) {
                send(exchange, executed(request, null));
            } else {
                failed(exchange, request, fault);
            }
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                parameters(body.isEmpty() ? (query == null ? "" : query) : body),
                new LinkedHashMap<>(exchange.getRequestHeaders()));
    }

    private static Map<String, String> parameters(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private void failed(HttpExchange exchange, Request request, Fault fault) throws IOException {
        switch (fault) {
            case CUT_BEFORE -> {}
            case CUT_AFTER -> executed(request, null);
            case SLOW -> {
                executed(request, null);
                sleep();
            }
            case HANGING -> sleep();
            case RATE_LIMITED -> {
                exchange.getResponseHeaders().set("Retry-After", "7");
                send(exchange, StripeAccount.error(429, "rate_limit", "", "Too many requests"));
            }
            case KEY_IN_USE ->
                send(
                        exchange,
                        StripeAccount.error(409, "idempotency_key_in_use", "", "Another request is in progress"));
            case ERROR -> send(exchange, executed(request, failure()));
            case ERROR_AFTER -> {
                Answer answer = executed(request, null);
                replaceSaved(request, failure());
                send(exchange, answer.status() == 200 ? failure() : answer);
            }
            case RETRYABLE_ERROR -> {
                exchange.getResponseHeaders().set("Stripe-Should-Retry", "true");
                send(exchange, failure());
            }
            case GATEWAY -> {
                byte[] html = "<html>Bad Gateway</html>".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(502, html.length);
                exchange.getResponseBody().write(html);
            }
        }
    }

    private static Answer failure() {
        return StripeAccount.error(500, "api_error", "", "An error occurred");
    }

    private static void sleep() {
        try {
            TimeUnit.SECONDS.sleep(30);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void replaceSaved(Request request, Answer answer) {
        keys.computeIfPresent(
                String.valueOf(request.header("Idempotency-key")),
                (key, saved) -> new Saved(saved.at, saved.parameters, saved.path, answer));
    }

    /** @param instead a failure that takes the place of the execution */
    private synchronized Answer executed(Request request, @Nullable Answer instead) {
        if (!("Bearer " + KEY).equals(request.header("Authorization"))) {
            return StripeAccount.error(401, "", "", "Invalid API Key provided: sk_test_****ake");
        }
        String key = request.header("Idempotency-key");
        if (key == null || !request.method.equals("POST")) {
            return instead == null ? account.execute(request) : instead;
        }
        Saved saved = keys.get(key);
        if (saved != null && now.isBefore(saved.at.plus(KEYS_ARE_KEPT))) {
            return saved.parameters.equals(request.parameters) && saved.path.equals(request.path)
                    ? saved.answer
                    : StripeAccount.error(400, "idempotency_error", "", "The key was used with other parameters");
        }
        Answer answer = instead == null ? account.execute(request) : instead;
        if (answer.status() != 400) {
            keys.put(key, new Saved(now, request.parameters, request.path, answer));
        }
        return answer;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] json = JSON.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), json.length);
        exchange.getResponseBody().write(json);
    }
}
