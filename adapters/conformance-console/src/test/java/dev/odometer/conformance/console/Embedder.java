package dev.odometer.conformance.console;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A page of another origin that shows the portal in a frame, as the page of a shop does. */
final class Embedder {

    private static final String PAGE = """
            <!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
            <iframe title="Usage" width="800" height="600"></iframe>
            <script>
            window.heights = [];
            addEventListener("message", message => {
                if (message.data.type === "odometer.height") {
                    window.heights.push(message.origin + " " + message.data.height);
                }
            });
            document.querySelector("iframe").src = location.hash.slice(1);
            </script>
            """;

    private final HttpServer server;

    private Embedder() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    private static final class Allowed {
        private static final Embedder SERVER = new Embedder();
    }

    private static final class Other {
        private static final Embedder SERVER = new Embedder();
    }

    /** The origin that the service allows. */
    static Embedder allowed() {
        return Allowed.SERVER;
    }

    /** An origin that the service does not allow. */
    static Embedder other() {
        return Other.SERVER;
    }

    /** The origin. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The address of the page with this address in its frame. */
    String with(String framed) {
        return url() + "/#" + framed;
    }
}
