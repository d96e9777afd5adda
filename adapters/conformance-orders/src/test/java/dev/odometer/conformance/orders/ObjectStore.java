package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Small objects in memory, behind the parts of the APIs of S3, Blob Storage and Cloud Storage that the stores use. */
final class ObjectStore implements AutoCloseable {

    static final String ETAG = "0123456789abcdef0123456789abcdef";
    static final String GENERATION = "17";

    private final Map<String, String> objects = new ConcurrentSkipListMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    ObjectStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::object);
        server.createContext("/computeMetadata/", ObjectStore::token);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void put(String path, String content) {
        objects.put(path, content);
    }

    /** The contents of the objects in a bucket. */
    List<String> contents(String bucket) {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(bucket + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void token(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Metadata-Flavor", "Google");
        answer(exchange, 200, "{\"access_token\":\"t\",\"expires_in\":3600}");
    }

    private void object(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.add("ETag", "\"" + ETAG + "\"");
        headers.add("x-goog-generation", GENERATION);
        String path = path(exchange.getRequestURI());
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                String content = objects.get(path);
                answer(exchange, content == null ? 404 : 200, content == null ? "" : content);
            }
            case "PUT", "POST" -> {
                objects.put(path, body);
                answer(exchange, exchange.getRequestHeaders().containsKey("x-ms-version") ? 201 : 200, "");
            }
            default -> answer(exchange, 405, "");
        }
    }

    /** Bucket and name. In the API of Cloud Storage, the name of an upload is a parameter. */
    private static String path(URI uri) {
        String path = uri.getPath();
        if (path.startsWith("/upload/")) {
            String name = uri.getQuery().replaceFirst(".*[?&]name=", "");
            return path.replaceFirst("/upload/storage/v1/b/([^/]+)/o", "$1/") + name;
        }
        return path.replaceFirst("^/(?:storage/v1/b/([^/]+)/o/)?", "$1/").replaceFirst("^/", "");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
