package dev.odometer.conformance.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of webhooks, and a service that may deliver to it although its address is private. */
final class WebhookReceiver {

    /** What a failing receiver answers. */
    static final String BROKEN = "<img src=x onerror=alert(1)> is broken";

    /** A received request. */
    record Received(String path, String id, String token) {}

    private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
    private static final HttpServer RECEIVER = start();

    private static final class Notifying {
        private static final ConsoleServer SERVER =
                ConsoleServer.own("--odometer.notifications.allow-private-addresses=true");
    }

    private WebhookReceiver() {}

    /** The service, whose database only tests of notifications use. */
    static ConsoleServer server() {
        return Notifying.SERVER;
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", WebhookReceiver::receive);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void receive(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        String path = exchange.getRequestURI().getPath();
        RECEIVED.add(new Received(path, headers.getFirst("webhook-id"), String.valueOf(headers.getFirst("X-Token"))));
        boolean fails = path.startsWith("/broken");
        byte[] body = (fails ? BROKEN : "thank you").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The address of a path; the receiver fails at paths that begin with {@code /broken}. */
    static String url(String path) {
        return "http://127.0.0.1:" + RECEIVER.getAddress().getPort() + path;
    }

    static List<Received> received(String path) {
        return RECEIVED.stream().filter(one -> one.path().equals(path)).toList();
    }

    /** Creates a webhook channel and returns its id. */
    static String channel(String name, String path) {
        return Api.text(
                Api.call(
                        server(),
                        "POST",
                        "/api/v1/notification/channels",
                        "{\"type\":\"WEBHOOK\",\"name\":\"" + name + "\",\"url\":\"" + url(path) + "\"}"),
                "id");
    }

    /** Creates a rule and returns its id. */
    static String rule(String name, String type, String channels, String fields) {
        return Api.text(
                Api.call(
                        server(),
                        "POST",
                        "/api/v1/notification/rules",
                        "{\"type\":\"" + type + "\",\"name\":\"" + name + "\",\"channels\":[" + channels + "]" + fields
                                + "}"),
                "id");
    }
}
