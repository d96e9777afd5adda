package dev.odometer.kafka.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.odometer.door.health.Readiness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The worker's health and metrics endpoints: readiness at {@code /healthz} and {@code /healthz/ready}, liveness at
 * {@code /healthz/live}, metrics at {@code /prometheus}. They need no API key and contain no customer data.
 */
final class Probes implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    Probes(InetSocketAddress address, Readiness readiness, PrometheusMeterRegistry registry) throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> health(exchange, readiness));
        server.createContext(
                "/prometheus",
                exchange -> answer(exchange, OK, PROMETHEUS, registry.scrape().getBytes(StandardCharsets.UTF_8)));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    InetAddress address() {
        return server.getAddress().getAddress();
    }

    private static void health(HttpExchange exchange, Readiness readiness) throws IOException {
        Readiness.Answer answer =
                exchange.getRequestURI().getPath().endsWith("/live") ? readiness.live() : readiness.ready();
        answer(exchange, answer.isUp() ? OK : UNAVAILABLE, "application/json", answer.body());
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            boolean head = method.equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
