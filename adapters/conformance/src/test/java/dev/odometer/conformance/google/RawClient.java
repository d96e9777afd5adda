package dev.odometer.conformance.google;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HTTP/1.1 over a bare socket: it sends exactly the bytes of the test. One request per connection. */
public record RawClient(int port) {

    private static final int PATIENCE_MILLIS = 60_000;

    public HttpReply send(HttpRequest request) throws IOException {
        var head = new StringBuilder(request.method() + " " + request.path());
        if (request.query() != null) {
            head.append('?').append(request.query());
        }
        head.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        boolean chunked = request.headers().first("Transfer-Encoding").isPresent();
        if (!chunked && request.headers().first("Content-Length").isEmpty() && request.body().length > 0) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(chunked ? chunk(request.body()) : request.body());
        return exchange(bytes.toByteArray(), request.method().equals("HEAD"));
    }

    /** The body as one chunk with the terminating chunk. */
    private static byte[] chunk(byte[] body) {
        var chunks = new ByteArrayOutputStream();
        if (body.length > 0) {
            chunks.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(body);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    /** Sends the bytes unchanged. */
    public HttpReply exchange(byte[] request, boolean isHead) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            var in = new BufferedInputStream(socket.getInputStream());
            int status = Integer.parseInt(line(in).split(" ", -1)[1]);
            Headers headers = headers(in);
            return new HttpReply(status, headers, isHead ? new byte[0] : body(in, headers));
        }
    }

    private static Headers headers(InputStream in) throws IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return Headers.of(Map.copyOf(headers));
    }

    private static byte[] body(InputStream in, Headers headers) throws IOException {
        boolean chunked = headers.first("Transfer-Encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent();
        if (!chunked) {
            return in.readAllBytes();
        }
        var body = new ByteArrayOutputStream();
        for (int n = Integer.parseInt(line(in), 16); n > 0; n = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(n));
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
