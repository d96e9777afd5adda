package dev.odometer.door.http;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.refusal.StartRefusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API keys that grant access, as SHA-256 digests. The keys themselves are never stored. */
public final class ApiKeys {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String SCHEME = "Bearer ";

    private final List<byte[]> digests;

    private ApiKeys(List<byte[]> digests) {
        this.digests = digests;
    }

    /**
     * Parses hexadecimal digests, separated by commas; without any, every request is admitted.
     *
     * @throws StartRefusal when one is malformed; the message does not repeat its text, which may be a key
     */
    public static ApiKeys parse(@Nullable String digests) {
        List<String> texts = Arrays.stream(digests == null ? new String[0] : digests.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        for (int i = 0; i < texts.size(); i++) {
            if (!DIGEST.matcher(texts.get(i)).matches()) {
                throw new StartRefusal("odometer.api-keys: entry " + (i + 1)
                        + " is not a SHA-256 digest of 64 hexadecimal digits (the digest of the key, not the key)");
            }
        }
        return new ApiKeys(texts.stream().map(HexFormat.of()::parseHex).toList());
    }

    public boolean areConfigured() {
        return !digests.isEmpty();
    }

    /** Whether the value of an Authorization header contains a known key. Compares in constant time. */
    public boolean accepts(Optional<String> authorization) {
        if (digests.isEmpty()) {
            return true;
        }
        String key = authorization
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .orElse("");
        byte[] offered =
                new Sha256().add(key.getBytes(StandardCharsets.ISO_8859_1)).bytes();
        boolean known = false;
        for (byte[] digest : digests) {
            known |= MessageDigest.isEqual(digest, offered);
        }
        return known;
    }
}
