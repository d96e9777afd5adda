package dev.odometer.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A keep-alive connection with minimal HTTP: a full client would take CPU time from the service on the same two cores.
 */
final class Connected implements AutoCloseable {

    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    Connected(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** @throws IllegalStateException if the response has another status */
    void get(String path, int status) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n", status);
    }

    /** @throws IllegalStateException if the response has another status */
    void post(String path, String contentType, String body, int status) throws IOException {
        send(
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body,
                status);
    }

    private void send(String request, int status) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String first = line();
        if (!first.startsWith("HTTP/1.1 " + status)) {
            throw new IllegalStateException(first);
        }
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("connection closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
