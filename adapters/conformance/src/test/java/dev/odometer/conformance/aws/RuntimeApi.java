package dev.odometer.conformance.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Lambda's Runtime API for one process: it sends invocations and receives their results. */
final class RuntimeApi implements AutoCloseable {

    private static final String VERSION = "/2018-06-01/runtime/";

    static {
        // Read once, when the first server is created. Without it, each response waits 40 ms for the other side's
        // delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "runtime-api");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch restored = new CountDownLatch(1);
    private final AtomicInteger most = new AtomicInteger();

    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Invocation(String id, byte[] event, CompletableFuture<Answer> answer) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(VERSION, this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The calls of the runtime in order, without repeated polls, such as {@code init/error Runtime.Unknown}. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** Resumes an instance that waits at its checkpoint, as a copy of the snapshot resumes elsewhere. */
    void restore() {
        restored.countDown();
    }

    /** The maximum number of concurrent invocations so far. */
    int most() {
        return most.get();
    }

    CompletableFuture<Answer> invoke(byte[] event) {
        var invocation = new Invocation("request-" + ids.incrementAndGet(), event, new CompletableFuture<>());
        waiting.add(invocation);
        return invocation.answer();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call = exchange.getRequestURI().getPath().substring(VERSION.length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
            recordCall(call.startsWith("invocation/") ? call.replaceFirst("/[^/]+-\\d+/", "/") : call, type);
            switch (call) {
                case "invocation/next" -> next(exchange);
                case "restore/next" -> {
                    restored.await();
                    exchange.sendResponseHeaders(200, -1);
                }
                case "init/error", "restore/error" -> accepted(exchange);
                default -> {
                    finish(call, new Answer(body, type == null ? "" : type));
                    accepted(exchange);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void recordCall(String call, String type) {
        String line = type == null ? call : call + " " + type;
        if (calls.isEmpty() || !calls.get(calls.size() - 1).equals(line)) {
            calls.add(line);
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        Invocation invocation = waiting.take();
        running.put(invocation.id(), invocation);
        most.accumulateAndGet(running.size(), Math::max);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + TIMEOUT.toMillis()));
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:odometer");
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, invocation.event().length);
        exchange.getResponseBody().write(invocation.event());
    }

    private void finish(String call, Answer answer) {
        Invocation invocation = running.remove(call.split("/")[1]);
        if (invocation == null) {
            throw new IllegalStateException("unexpected call: " + call);
        }
        invocation.answer().complete(answer);
    }

    private static void accepted(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(202, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
