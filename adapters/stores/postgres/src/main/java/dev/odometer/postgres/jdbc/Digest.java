package dev.odometer.postgres.jdbc;

import dev.odometer.functions.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hashes identities of any length to 16 bytes: the first half of SHA-256 over the parts, each preceded by its length,
 * so that no two lists of parts have the same input. Not thread-safe.
 */
public final class Digest {

    private static final int BYTES = 16;

    private final Sha256 sha256 = new Sha256();

    public byte[] of(String first, String... rest) {
        put(first);
        for (String part : rest) {
            put(part);
        }
        return Arrays.copyOf(sha256.bytes(), BYTES);
    }

    private void put(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.add(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array())
                .add(bytes);
    }
}
