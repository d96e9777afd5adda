package dev.odometer.door.request;

import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.refusal.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Bodies as bytes: how long they may be, and how they are inflated. */
public final class Content {

    private static final int CHUNK = 8192;

    private Content() {}

    /** The refusal of a body that is longer than allowed, before or after inflating. */
    public static Rejection tooLarge(int longest) {
        return Rejection.of(413, "the body must have at most " + longest + " bytes");
    }

    /** Whether a Content-Length header says more than that; one that is no number is the platform's to refuse. */
    public static boolean declaresMore(Optional<String> contentLength, int longest) {
        return contentLength
                .filter(length -> length.matches("\\d+"))
                .filter(length -> length.length() > 18 || Long.parseLong(length) > longest)
                .isPresent();
    }

    /** The body as it was before it was compressed. */
    public static byte[] decoded(byte[] body, Optional<String> encoding, int longest) {
        String name = encoding.orElse("identity").strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("identity")) {
            return body;
        }
        if (!name.equals("gzip") && !name.equals("x-gzip")) {
            throw Rejection.of(415, "invalid content encoding: " + Refusal.quote(name))
                    .with("Accept-Encoding", "gzip, identity");
        }
        return body.length == 0 ? body : inflate(body, longest);
    }

    private static byte[] inflate(byte[] body, int longest) {
        var inflated = new ByteArrayOutputStream((int) Math.min(longest, body.length * 2L));
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body), CHUNK)) {
            byte[] chunk = new byte[CHUNK];
            for (int n = gzip.read(chunk); n >= 0; n = gzip.read(chunk)) {
                if (inflated.size() + n > longest) {
                    throw tooLarge(longest);
                }
                inflated.write(chunk, 0, n);
            }
        } catch (IOException corrupt) {
            throw Refusal.invalid("the body is not gzip");
        }
        return inflated.toByteArray();
    }
}
