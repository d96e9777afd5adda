package dev.odometer.door.request;

import java.util.Map;
import java.util.TreeMap;

/** The attributes of an event in binary mode, from the headers {@code ce-*}; see the HTTP protocol binding, 3.1.3. */
public final class EventHeaders {

    private EventHeaders() {}

    /** The decoded attributes, by names without the prefix. */
    public static Map<String, String> of(MatchedRequest request) {
        var decoded = new TreeMap<String, String>();
        request.attributes()
                .forEach((name, value) -> decoded.put(name, Percent.decode("ce-" + name, unquoted(value.strip()))));
        return decoded;
    }

    /** The content of a quoted string. The percent-decoding must follow, since decoded quotes are part of the value. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
