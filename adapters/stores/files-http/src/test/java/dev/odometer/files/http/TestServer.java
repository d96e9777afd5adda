package dev.odometer.files.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** An HTTP server on loopback that implements a store's protocol and injects faults. */
public final class TestServer implements AutoCloseable {

    private static final int MAX_BODY_LENGTH = 64 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** The protocol of a store. */
    public interface Protocol {
        Answer answer(Request request) throws IOException;
    }

    /** A received request, with the raw path and the decoded query. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Request(String method, String path, Map<String, String> query, Headers headers, byte[] body) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.of().getFirst(name));
        }

        /** A query parameter; empty if it is missing. */
        public String parameter(String name) {
            return query.getOrDefault(name, "");
        }

        Request withoutBody() {
            return new Request(method, path, query, headers, new byte[0]);
        }

        /** The first requested byte; 0 without a range. */
        public long from() {
            return header("Range")
                    .map(range -> Long.parseLong(range.replaceFirst("bytes=([0-9]+)-$", "$1")))
                    .orElse(0L);
        }
    }

    /** Headers with case-insensitive names. */
    public record Headers(com.sun.net.httpserver.Headers of) {}

    /** A response with a text, or with a file's bytes from a position on. */
    public record Answer(int status, Map<String, String> headers, String text, Optional<Path> file, long from) {

        public static Answer of(int status, String text) {
            return new Answer(status, Map.of(), text, Optional.empty(), 0);
        }

        public Answer header(String name, String value) {
            var more = new TreeMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, text, file, from);
        }

        /** The file or the requested range of it; 416 for a range after its end. */
        public static Answer file(Request request, Path file) throws IOException {
            long size = Files.size(file);
            if (request.header("Range").isEmpty()) {
                return new Answer(200, Map.of(), "", Optional.of(file), 0);
            }
            if (request.from() >= size) {
                return of(416, "<Error/>").header("Content-Range", "bytes */" + size);
            }
            return new Answer(206, Map.of(), "", Optional.of(file), request.from())
                    .header("Content-Range", "bytes " + request.from() + "-" + (size - 1) + "/" + size);
        }
    }

    /** A fault that is injected once. */
    public record Fault(Predicate<Request> when, Kind kind, Answer answer) {

        /** The kinds of faults. */
        public enum Kind {
            /** Sends another response and does not execute the request. */
            INSTEAD,
            /** Executes the request and sends another response. */
            AFTERWARDS,
            /** Closes the connection in the middle of the body. */
            TRUNCATED,
            /** Sends no response for a minute. */
            SILENCE
        }
    }

    public TestServer(Protocol protocol) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, protocol));
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return requests;
    }

    /** Answers the next request with this method with a status, without executing it. */
    public void instead(String method, int status) {
        fault(method, Fault.Kind.INSTEAD, Answer.of(status, "<Error/>"));
    }

    public void fault(String method, Fault.Kind kind, Answer answer) {
        faults.add(new Fault(request -> request.method().equals(method), kind, answer));
    }

    public void forget() {
        faults.clear();
        requests.clear();
    }

    private void serve(HttpExchange exchange, Protocol protocol) throws IOException {
        try (exchange) {
            Request request = read(exchange);
            requests.add(request.withoutBody());
            Optional<Fault> fault =
                    faults.stream().filter(f -> f.when().test(request)).findFirst();
            fault.ifPresent(faults::remove);
            answer(exchange, request, protocol, fault);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, Request request, Protocol protocol, Optional<Fault> fault)
            throws IOException, InterruptedException {
        Fault.Kind kind = fault.map(Fault::kind).orElse(null);
        if (kind == Fault.Kind.SILENCE) {
            Thread.sleep(60_000);
        }
        Answer answer = kind == Fault.Kind.INSTEAD ? fault.get().answer() : protocol.answer(request);
        if (kind == Fault.Kind.AFTERWARDS) {
            answer = fault.get().answer();
        }
        send(exchange, answer, kind == Fault.Kind.TRUNCATED, request.method().equals("HEAD"));
    }

    private static Request read(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            return new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    query(exchange.getRequestURI().getRawQuery()),
                    new Headers(exchange.getRequestHeaders()),
                    in.readNBytes(MAX_BODY_LENGTH));
        }
    }

    private static Map<String, String> query(String raw) {
        var query = new TreeMap<String, String>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    /** Decodes a path or a part of a query. */
    public static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Answer answer, boolean truncated, boolean headersOnly)
            throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        long length = answer.file().isPresent() ? Files.size(answer.file().get()) - answer.from() : text.length;
        if (length == 0 || headersOnly || answer.status() == 204) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), length);
        OutputStream out = exchange.getResponseBody();
        try (InputStream in = answer.file().isPresent()
                ? Files.newInputStream(answer.file().get())
                : new ByteArrayInputStream(text)) {
            in.skipNBytes(answer.from());
            copy(in, out, truncated ? length / 2 : length);
        }
        out.flush();
        if (truncated) {
            throw new IOException("injected fault");
        }
        out.close();
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
