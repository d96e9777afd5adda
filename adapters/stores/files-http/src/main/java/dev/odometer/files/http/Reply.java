package dev.odometer.files.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP response with any status. Closing it before the end of its body closes the connection. */
public final class Reply implements AutoCloseable {

    /** The maximum bytes of a body that are read into memory. */
    private static final int MAX_TEXT_LENGTH = 256 * 1024;

    private final HttpURLConnection connection;
    private final int status;

    Reply(HttpURLConnection connection, int status) {
        this.connection = connection;
        this.status = status;
    }

    public int status() {
        return status;
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(connection.getHeaderField(name));
    }

    /** The value of a header that the protocol guarantees. */
    public String required(String name) throws IOException {
        return header(name).orElseThrow(() -> new IOException("the response has no header " + name));
    }

    public InputStream body() throws IOException {
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return body == null ? InputStream.nullInputStream() : body;
    }

    /** Reads a short body as UTF-8; the connection stays open for reuse. */
    public String text() throws IOException {
        try (InputStream body = body()) {
            return new String(body.readNBytes(MAX_TEXT_LENGTH), StandardCharsets.UTF_8);
        }
    }

    /** Closes the connection, because reading the rest of the body could take longer than a new connection. */
    @Override
    public void close() {
        connection.disconnect();
    }

    /** The size of the whole file in bytes, from Content-Range for a partial response and else from Content-Length. */
    public long wholeSize() throws IOException {
        @Nullable String range = connection.getHeaderField("Content-Range");
        String size = range == null ? required("Content-Length") : range.substring(range.lastIndexOf('/') + 1);
        try {
            return Long.parseLong(size.strip());
        } catch (NumberFormatException unknown) {
            throw new IOException("the response does not contain the file's size");
        }
    }
}
