package dev.odometer.postgres.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Identities of any length in 16 bytes: the first half of SHA-256 over the parts, each but the last behind its length, so
 * that no two lists of parts are the same bytes. Not thread-safe.
 */
public final class Digest {

    private static final int BYTES = 16;

    private final MessageDigest sha256;

    public Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public byte[] of(String first, String... rest) {
        put(first);
        for (String part : rest) {
            put(part);
        }
        return Arrays.copyOf(sha256.digest(), BYTES);
    }

    private void put(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha256.update(bytes);
    }
}
