package dev.odometer.door.http;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Scope;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An API key: the SHA-256 digest of the key, the name that identifies it in logs and messages, and its scopes. Several
 * keys may have the same name, such as the old and the new one while a key is replaced.
 *
 * @param name empty for callers without a key, where none is required
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, never modified
public record ApiKey(String name, byte[] digest, Set<Scope> scopes) {

    /** The caller where no key is required. It may do everything that the route allows. */
    public static final ApiKey NONE = new ApiKey("", new byte[0], EnumSet.allOf(Scope.class));

    private static final Pattern ENTRY =
            Pattern.compile("(?:([\\w.-]{1,64})(?::([a-z]+(?:\\+[a-z]+)*))?=)?([0-9a-fA-F]{64})");
    private static final Pattern SEPARATOR = Pattern.compile("[,\\r\\n]");
    private static final int NAME_DIGITS = 8;

    /**
     * Parses entries {@code [name[:scope+scope]=]digest}, separated by commas or lines; a line that begins with # is a
     * comment. Without a name, the key is named after the first digits of its digest; without scopes, it has all.
     *
     * @param origin the setting, for messages
     * @throws StartRefusal when one is malformed; the message does not repeat its text, which may be a key
     */
    static List<ApiKey> parse(String origin, String entries) {
        var keys = new ArrayList<ApiKey>();
        int number = 0;
        for (String part : SEPARATOR.split(entries)) {
            String entry = part.strip();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                number++;
                keys.add(parseOne(origin + ": entry " + number, entry));
            }
        }
        return List.copyOf(keys);
    }

    private static ApiKey parseOne(String place, String entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            throw new StartRefusal(
                    place + " is not a SHA-256 digest of 64 hexadecimal digits (the digest of the key, not the key),"
                            + " alone or as name=digest or name:scope+scope=digest");
        }
        String hex = parts.group(3);
        String name = parts.group(1) == null
                ? "key-" + hex.substring(0, NAME_DIGITS).toLowerCase(Locale.ROOT)
                : parts.group(1);
        return new ApiKey(name, HexFormat.of().parseHex(hex), scopes(place, parts.group(2)));
    }

    private static Set<Scope> scopes(String place, @Nullable String words) {
        if (words == null) {
            return EnumSet.allOf(Scope.class);
        }
        var scopes = EnumSet.noneOf(Scope.class);
        for (String word : words.split("\\+")) {
            scopes.add(Arrays.stream(Scope.values())
                    .filter(scope -> scope.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new StartRefusal(place + " has an unknown scope; the scopes are "
                            + Arrays.stream(Scope.values()).map(Scope::word).collect(Collectors.joining(", ")))));
        }
        return scopes;
    }

    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }

    boolean hasDigest(byte[] other) {
        return MessageDigest.isEqual(digest, other);
    }

    /** Without the digest, which must not appear in logs. */
    @Override
    public String toString() {
        return "API key " + name;
    }
}
