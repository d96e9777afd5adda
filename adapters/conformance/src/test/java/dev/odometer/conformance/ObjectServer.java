package dev.odometer.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves the same content for every object, with the version headers of all cloud stores, and a token like that of
 * Google's metadata server.
 */
final class ObjectServer implements AutoCloseable {

    static final String ETAG = "0123456789abcdef0123456789abcdef";
    static final String GENERATION = "17";
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-");

    private final byte[] content;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    ObjectServer(String content) throws IOException {
        this.content = content.getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::object);
        server.createContext("/computeMetadata/", ObjectServer::token);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void token(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Metadata-Flavor", "Google");
        answer(exchange, 200, "{\"access_token\":\"t\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8));
    }

    private void object(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.add("ETag", "\"" + ETAG + "\"");
        headers.add("x-goog-generation", GENERATION);
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher from = RANGE.matcher(range == null ? "" : range);
        if (!exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 405, new byte[0]);
        } else if (from.matches()) {
            int first = Math.min(Integer.parseInt(from.group(1)), content.length - 1);
            headers.add("Content-Range", "bytes " + first + "-" + (content.length - 1) + "/" + content.length);
            answer(exchange, 206, Arrays.copyOfRange(content, first, content.length));
        } else {
            answer(exchange, 200, content);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
