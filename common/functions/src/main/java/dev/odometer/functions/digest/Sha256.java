package dev.odometer.functions.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of several parts, concatenated without a separator. A caller whose parts vary in length must add the lengths
 * too, or different parts may have the same digest. Reading the digest resets it. Not thread-safe.
 */
public final class Sha256 {

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Adds the text in UTF-8. */
    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    public Sha256 add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** The 64 digits, in lower case. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
