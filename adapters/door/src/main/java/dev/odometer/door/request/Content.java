package dev.odometer.door.request;

import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.gzip.GzipMembers;
import dev.odometer.functions.refusal.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Limits the size of bodies, and decompresses them. */
public final class Content {

    private static final int CHUNK = 8192;

    private Content() {}

    /** The rejection of a body that is too large, compressed or decompressed. */
    public static Rejection tooLarge(int maxBytes) {
        return Rejection.of(413, "the body must have at most " + maxBytes + " bytes");
    }

    /** Whether the Content-Length exceeds the maximum. Malformed values are ignored: the platform refuses them. */
    public static boolean declaresMore(Optional<String> contentLength, int maxBytes) {
        return contentLength
                .filter(length -> length.matches("\\d+"))
                .filter(length -> length.length() > 18 || Long.parseLong(length) > maxBytes)
                .isPresent();
    }

    /** The decompressed body. */
    public static byte[] decoded(byte[] body, Optional<String> encoding, int maxBytes) {
        String name = encoding.orElse("identity").strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("identity")) {
            return body;
        }
        if (!name.equals("gzip") && !name.equals("x-gzip")) {
            throw Rejection.of(415, "invalid content encoding: " + Refusal.quote(name))
                    .with("Accept-Encoding", "gzip, identity");
        }
        return body.length == 0 ? body : inflate(body, maxBytes);
    }

    private static byte[] inflate(byte[] body, int maxBytes) {
        var inflated = new ByteArrayOutputStream((int) Math.min(maxBytes, body.length * 2L));
        try (InputStream gzip = new GzipMembers(new ByteArrayInputStream(body))) {
            byte[] chunk = new byte[CHUNK];
            for (int n = gzip.read(chunk); n >= 0; n = gzip.read(chunk)) {
                if (inflated.size() + n > maxBytes) {
                    throw tooLarge(maxBytes);
                }
                inflated.write(chunk, 0, n);
            }
        } catch (IOException corrupt) {
            throw Refusal.invalid("the body is not gzip");
        }
        return inflated.toByteArray();
    }
}
