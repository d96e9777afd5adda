package dev.odometer.local.http.server;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the console. It is read and compressed at its first use, and kept in memory. Clients ask with its entity
 * tag whether it has changed, because an upgrade changes the file but not its name.
 */
final class ConsoleFile {

    private static final byte[] EMPTY = {};
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8",
            "gz", "application/gzip");
    /** A quality of zero means that the encoding is not acceptable. */
    private static final Pattern ACCEPTS_GZIP =
            Pattern.compile("(?:^|,)\\s*(?:gzip|\\*)\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))[0-9.]+\\s*)?(?:,|$)");

    private final URL source;
    private final String type;
    private final String policy;
    private @Nullable Content content;

    @SuppressWarnings("ArrayRecordComponent") // the arrays are only written to responses
    private record Content(String tag, byte[] plain, byte[] zipped) {}

    /** @param policy the Content-Security-Policy */
    ConsoleFile(URL source, String policy) {
        String path = source.getPath();
        this.source = source;
        this.type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        this.policy = policy;
    }

    HttpReply reply(HttpRequest request) {
        Content current = content();
        boolean zips = type.contains("text/") && accepts(request);
        String tag = "\"" + current.tag + (zips ? "-gzip\"" : "\"");
        Headers headers = Headers.of("ETag", tag, "Cache-Control", "no-cache", "Vary", "Accept-Encoding")
                .with("Content-Security-Policy", policy)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
        if (request.headers().all("If-None-Match").stream().anyMatch(known -> known.contains(current.tag))) {
            return new HttpReply(304, headers, EMPTY);
        }
        byte[] body = zips ? current.zipped : current.plain;
        headers = headers.with("Content-Type", type).with("Content-Length", String.valueOf(body.length));
        return new HttpReply(
                200,
                zips ? headers.with("Content-Encoding", "gzip") : headers,
                request.method().equals("HEAD") ? EMPTY : body);
    }

    private static boolean accepts(HttpRequest request) {
        return ACCEPTS_GZIP
                .matcher(request.headers()
                        .joined("Accept-Encoding")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .strip())
                .find();
    }

    private synchronized Content content() {
        if (content == null) {
            try (InputStream in = source.openStream()) {
                byte[] plain = in.readAllBytes();
                content = new Content(digest(plain), plain, zipped(plain));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return content;
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
