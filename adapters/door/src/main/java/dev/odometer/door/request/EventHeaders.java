package dev.odometer.door.request;

import dev.odometer.door.json.Utf8;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The attributes of an event in binary mode, from the headers {@code ce-*}; see the HTTP protocol binding, 3.1.3. Values
 * are percent-encoded. Some clients, such as the Go SDK, send UTF-8 unencoded, which is accepted too.
 */
public final class EventHeaders {

    private EventHeaders() {}

    /** What a gateway puts in place of bytes that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * The decoded attributes, by names without the prefix.
     *
     * @throws Refusal when a header is repeated, a value is not UTF-8, or its percent-encoding is malformed
     */
    public static Map<String, String> of(MatchedRequest request) {
        var decoded = new TreeMap<String, String>();
        request.attributes().forEach((name, values) -> decoded.put(name, decoded("ce-" + name, values)));
        return decoded;
    }

    private static String decoded(String name, List<String> values) {
        if (values.size() > 1) {
            // Gateways differ in which one they keep, and each gives another event.
            throw Refusal.invalid(
                    "the header " + name + " must be given at most once: " + Refusal.quote(String.join(", ", values)));
        }
        return decoded(name, values.get(0).strip());
    }

    private static String decoded(String name, String value) {
        String text = Utf8.isAscii(value)
                ? value
                : Utf8.ofBytes(value)
                        .filter(utf8 -> utf8.indexOf(REPLACEMENT) < 0)
                        .orElseThrow(() -> Refusal.invalid(
                                "the header " + name + " must be UTF-8 or percent-encoded: " + Refusal.quote(value)));
        return Percent.decode(name, unquoted(text));
    }

    /** The content of a quoted string. The percent-decoding must follow, since decoded quotes are part of the value. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
