package dev.odometer.files.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer, of whatever status. Closing it in the middle of its body ends the connection. */
public final class Reply implements AutoCloseable {

    /** As much of an answer as is ever read into memory. */
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

    /** A header that the protocol promises. */
    public String required(String name) throws IOException {
        return header(name).orElseThrow(() -> new IOException("the answer has no " + name));
    }

    public InputStream body() throws IOException {
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return body == null ? InputStream.nullInputStream() : body;
    }

    /** The body, which is short, as text; the connection can be used again. */
    public String text() throws IOException {
        try (InputStream body = body()) {
            return new String(body.readNBytes(MAX_TEXT_LENGTH), StandardCharsets.UTF_8);
        }
    }

    /** Ends the connection: to read what nobody wants would take longer than to make another. */
    @Override
    public void close() {
        connection.disconnect();
    }

    /** The whole file's size in bytes, by Content-Range if a part was asked for. */
    public long wholeSize() throws IOException {
        @Nullable String range = connection.getHeaderField("Content-Range");
        String size = range == null ? required("Content-Length") : range.substring(range.lastIndexOf('/') + 1);
        try {
            return Long.parseLong(size.strip());
        } catch (NumberFormatException unknown) {
            throw new IOException("the answer does not say the file's size");
        }
    }
}
