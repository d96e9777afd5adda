package dev.odometer.files.http;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Checks the names of files and encodes them for URLs. */
public final class ObjectNames {

    private ObjectNames() {}

    /**
     * Checks a name by the rules that all stores share.
     *
     * @throws Refusal INVALID for an invalid container name, a key that cannot be encoded in UTF-8, or a key with a
     *     segment {@code .} or {@code ..}, which proxies and clients may normalize
     */
    public static void check(FileName name) {
        if (!name.container().matches("[A-Za-z0-9][A-Za-z0-9._-]{1,221}|\\$root|\\$web")
                || name.container().contains("..")) {
            throw Refusal.invalid("invalid container name: " + Refusal.quote(name.container()));
        }
        boolean hasDotSegment =
                List.of(name.key().split("/", -1)).stream().anyMatch(segment -> segment.matches("\\.{1,2}"));
        if (hasDotSegment || !StandardCharsets.UTF_8.newEncoder().canEncode(name.key())) {
            throw Refusal.invalid("invalid file name: " + Refusal.quote(name.key()));
        }
    }

    /** Percent-encodes all characters except the unreserved ones: letters, digits and {@code -._~} (RFC 3986, 2.3). */
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** Percent-encodes a key and keeps its slashes. */
    public static String path(String key) {
        return List.of(key.split("/", -1)).stream().map(ObjectNames::escaped).collect(Collectors.joining("/"));
    }
}
