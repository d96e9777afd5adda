package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A webhook receiver that verifies signatures with the library of the Standard Webhooks specification. One path
 * responds; another reads nothing and never responds.
 */
final class WebhookReceiver implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final List<String> unsigned = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    /** A verified delivery. */
    record Received(String id, String body) {}

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/good", this::take);
        // Neither reads nor responds; the client's timeout ends the exchange.
        server.createContext("/slow", exchange -> {});
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            try {
                new Webhook(SECRET).verify(body, exchange.getRequestHeaders());
            } catch (Exception no) {
                unsigned.add(no.getMessage());
            }
            exchange.sendResponseHeaders(status, -1);
            received.add(new Received(exchange.getRequestHeaders().getFirst("webhook-id"), body));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Sets the status of all later responses. */
    void respondWith(int newStatus) {
        status = newStatus;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Waits for the next delivery. */
    Received next() throws InterruptedException {
        Received next = received.poll(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("no delivery within " + MAX_WAIT);
        }
        return next;
    }

    /** The verification errors of deliveries without a valid signature. */
    List<String> unsigned() {
        return unsigned;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
