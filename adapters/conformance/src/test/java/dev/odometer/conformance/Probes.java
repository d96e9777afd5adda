package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.odometer.conformance.PlatformsIT.Door;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Behaviours that may differ between platforms, each with a probe of a door. */
final class Probes {

    private static final int MB = 1_000_000;
    private static final byte[] EMPTY = {};
    private static final int EVENTS_PER_REQUEST = 10;
    private static final String JSON = "application/json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private Probes() {}

    /** The behaviour of a door in a word or two. */
    interface Probe {
        String look(Door door) throws Exception;
    }

    static Map<String, Probe> all() {
        var probes = new LinkedHashMap<String, Probe>();
        probes.put("repeated header: which value counts", Probes::repeatedHeader);
        probes.put("repeated query parameter: which values count", Probes::repeatedParameter);
        probes.put("empty query value", door -> status(get("/api/v1/meters", "page="), door));
        probes.put("plus in a query", door -> status(get("/api/v1/meters", "page=+1"), door));
        probes.put("`%2F` in a path", door -> name(door, "a%2Fb", "a/b"));
        probes.put("`%3F` in a path", door -> name(door, "a%3Fb", "a?b"));
        probes.put("`%25` in a path", door -> name(door, "100%25", "100%"));
        probes.put("`%5C` in a path", door -> name(door, "a%5Cb", "a\\\\b"));
        probes.put("plus in a path", door -> name(door, "a+b", "a+b"));
        probes.put("`%20` in a path", door -> name(door, "a%20b", "a b"));
        probes.put("umlaut in a path", door -> name(door, "%C3%BC", "ü"));
        probes.put("`//` in a path", door -> status(get("/api//v1/meters", null), door));
        probes.put("`..` in a path", door -> status(get("/api/v1/none/../meters", null), door));
        probes.put("unknown path", door -> status(get("/none", null), door));
        probes.put("unknown method", door -> status(request("PROPFIND", "/api/v1/meters"), door));
        probes.put("OPTIONS", door -> status(request("OPTIONS", "/api/v1/meters"), door));
        probes.put("HEAD", door -> status(request("HEAD", "/api/v1/meters"), door));
        probes.put("compressed body", Probes::compressed);
        probes.put("body without a length", Probes::chunked);
        probes.put("body that is not UTF-8", door -> status(posted(JSON, new byte[] {'"', -1, '"'}), door));
        probes.put("body of 1.5 MB", door -> body(door, BATCH, 3 * MB / 2));
        probes.put("body of 5 MB, `application/json`", door -> body(door, JSON, 5 * MB));
        probes.put("body of 5 MB, of another type", door -> body(door, BATCH, 5 * MB));
        probes.put("body of 7 MB", door -> body(door, JSON, 7 * MB));
        probes.put("body of 11 MB", door -> body(door, JSON, 11 * MB));
        probes.put("answer of 1.5 MB", door -> answer(door, 20));
        probes.put("answer of 7 MB", door -> answer(door, 100));
        probes.put("`/healthz`, `/prometheus`", door -> status(get("/healthz", null), door));
        probes.put("`/favicon.ico`, `/robots.txt`", Probes::framework);
        probes.put("`Server` header", door -> headerPresence("Server", door));
        return probes;
    }

    private static String headerPresence(String header, Door door) throws Exception {
        return door.send(get("/api/v1/meters", null)).headers().first(header).isPresent() ? "sent" : "none";
    }

    /** Whose 404 it is: ours has a body. */
    private static String framework(Door door) throws Exception {
        HttpReply reply = door.send(get("/robots.txt", null));
        String type = reply.headers().first("Content-Type").orElse("no body");
        return reply.status() + (type.contains("problem") ? "" : ", " + type);
    }

    private static HttpRequest request(String method, String path) {
        return new HttpRequest(method, path, null, Headers.NONE, EMPTY);
    }

    private static HttpRequest get(String path, @Nullable String query) {
        return new HttpRequest("GET", path, query, Headers.NONE, EMPTY);
    }

    private static HttpRequest posted(String type, byte[] body) {
        return new HttpRequest("POST", "/api/v1/events", null, Headers.of("Content-Type", type), body);
    }

    private static String status(HttpRequest request, Door door) throws Exception {
        return String.valueOf(door.send(request).status());
    }

    private static String text(HttpReply reply) {
        return new String(reply.body(), UTF_8);
    }

    private static String repeatedHeader(Door door) throws Exception {
        var headers = Headers.of("X-Request-Id", "first").with("X-Request-Id", "last");
        HttpReply reply = door.send(new HttpRequest("GET", "/api/v1/meters", null, headers, EMPTY));
        String id = reply.headers().first("X-Request-Id").orElse("");
        return id.matches("first|last") ? id : "none";
    }

    private static String repeatedParameter(Door door) throws Exception {
        var meter = "{\"slug\":\"probe\",\"aggregation\":\"COUNT\",\"eventType\":\"probe\"}";
        door.send(new HttpRequest(
                "POST", "/api/v1/meters", null, Headers.of("Content-Type", JSON), meter.getBytes(UTF_8)));
        HttpReply reply = door.send(get("/api/v1/meters/probe/query", "groupBy=none&groupBy=subject"));
        return reply.status() == 200 ? "the last" : text(reply).contains("none") ? "all" : text(reply);
    }

    /** How a name with special characters passes through a path, as seen in the refusal that quotes it. */
    private static String name(Door door, String encoded, String name) throws Exception {
        HttpReply reply = door.send(get("/api/v1/subjects/" + encoded, null));
        String body = text(reply);
        if (body.contains("unknown path")) {
            return "divides it";
        }
        return reply.status() != 404 ? String.valueOf(reply.status()) : body.contains(name) ? "kept" : "cut off";
    }

    private static String compressed(Door door) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("[" + event("gzip", "") + "]").getBytes(UTF_8));
        }
        var headers = Headers.of("Content-Type", BATCH, "Content-Encoding", "gzip");
        return status(new HttpRequest("POST", "/api/v1/events", null, headers, bytes.toByteArray()), door);
    }

    private static String chunked(Door door) throws Exception {
        var headers = Headers.of("Content-Type", BATCH, "Transfer-Encoding", "chunked");
        byte[] body = ("[" + event("chunked", "") + "]").getBytes(UTF_8);
        return status(new HttpRequest("POST", "/api/v1/events", null, headers, body), door);
    }

    private static String event(String id, String payload) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id
                + "\",\"source\":\"probe\",\"type\":\"probe\",\"subject\":\"probe-acme\",\"data\":{\"a\":\"" + payload
                + "\"}}";
    }

    /** An event padded with spaces. */
    private static String body(Door door, String type, int length) throws Exception {
        String batch = "[" + event("long", "") + " ".repeat(length) + "]";
        int status = door.send(posted(type, batch.getBytes(UTF_8))).status();
        return status == 204 ? "taken" : String.valueOf(status);
    }

    /** A list of events of 75 kB each, stored by requests that every door accepts. */
    private static String answer(Door door, int events) throws Exception {
        String payload = "x".repeat(75_000);
        for (int i = 0; i < events; i += EVENTS_PER_REQUEST) {
            String batch = IntStream.range(i, i + EVENTS_PER_REQUEST)
                    .mapToObj(id -> event("big-" + id, payload))
                    .collect(Collectors.joining(",", "[", "]"));
            door.send(posted(JSON, batch.getBytes(UTF_8)));
        }
        return status(get("/api/v1/events", "subject=probe-acme&limit=" + events), door);
    }
}
