package dev.odometer.door.request;

import dev.odometer.door.json.Utf8;
import dev.odometer.functions.refusal.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Percent-decoding of UTF-8, see RFC 3986, 2.1. */
public final class Percent {

    private static final int HEX = 16;

    private Percent() {}

    /** The segments of a path, each decoded separately, so that an encoded slash is not a separator. */
    public static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(decode("path", segment));
        }
        return segments;
    }

    /**
     * The decoded text.
     *
     * @param what names the part of the request in the refusal
     * @throws Refusal when the encoding is malformed, not UTF-8, or contains NUL, which PostgreSQL cannot store
     */
    public static String decode(String what, String encoded) {
        String text = encoded.indexOf('%') < 0 ? encoded : decodeBytes(what, encoded);
        if (text.indexOf('\0') >= 0) {
            throw malformed(what, encoded);
        }
        return text;
    }

    private static String decodeBytes(String what, String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], HEX) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], HEX) : -1;
            if (high < 0 || low < 0) {
                throw malformed(what, encoded);
            }
            bytes.write(high * HEX + low);
            i += 2;
        }
        return Utf8.decoded(bytes.toByteArray()).orElseThrow(() -> malformed(what, encoded));
    }

    private static Refusal malformed(String what, String encoded) {
        return Refusal.invalid("malformed percent-encoding in " + what + ": " + Refusal.quote(encoded));
    }
}
