package dev.odometer.files.http;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Names of files in URLs. */
public final class ObjectNames {

    private ObjectNames() {}

    /**
     * @throws Refusal INVALID for a container that no store can have, or a key that UTF-8 cannot say, or with a part of
     *     dots: on the way, somebody may take it for a step in the path
     */
    public static void check(FileName name) {
        if (!name.container().matches("[A-Za-z0-9][A-Za-z0-9._-]{1,221}|\\$root|\\$web")
                || name.container().contains("..")) {
            throw Refusal.invalid("no container can have that name: " + Refusal.quote(name.container()));
        }
        boolean steps = List.of(name.key().split("/", -1)).stream().anyMatch(part -> part.matches("\\.{1,2}"));
        if (steps || !StandardCharsets.UTF_8.newEncoder().canEncode(name.key())) {
            throw Refusal.invalid("no file can have that name: " + Refusal.quote(name.key()));
        }
    }

    /** Escaped as RFC 3986 has it for what is neither a letter nor a digit nor one of {@code -._~}. */
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** The same, with slashes as they are. */
    public static String path(String key) {
        return List.of(key.split("/", -1)).stream().map(ObjectNames::escaped).collect(Collectors.joining("/"));
    }
}
