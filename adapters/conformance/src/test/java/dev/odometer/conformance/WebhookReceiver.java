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
 * Somebody who is told, and believes nothing that is not signed: by the library of the standard, not by ours. One path
 * answers, another takes what is sent and never does.
 */
final class WebhookReceiver implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final List<String> unsigned = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    /** A delivery that was verified. */
    record Told(String id, String body) {}

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/good", this::take);
        // Neither read nor answered; the client's patience ends it.
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
            told.add(new Told(exchange.getRequestHeaders().getFirst("webhook-id"), body));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** From now on. */
    void answers(int newStatus) {
        status = newStatus;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The next delivery. */
    Told next() throws InterruptedException {
        Told next = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("nobody was told anything for " + PATIENCE);
        }
        return next;
    }

    /** Of what came without a good signature, why it was none. */
    List<String> unsigned() {
        return unsigned;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
