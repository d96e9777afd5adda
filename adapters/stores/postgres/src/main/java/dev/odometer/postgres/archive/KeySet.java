package dev.odometer.postgres.archive;

import dev.odometer.postgres.event.EventRows;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Keys of events, grouped by bucket. Takes 15 bytes per key. Not thread-safe. */
final class KeySet {

    private static final int KEY_BYTES = EventRows.KEY_BYTES;
    static final int BUCKETS = 1 << 16;

    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();

    void add(byte[] key) {
        keys.writeBytes(key);
    }

    int size() {
        return keys.size() / KEY_BYTES;
    }

    static int bucket(byte[] keys, int start) {
        return (keys[start] & 0xff) << 8 | (keys[start + 1] & 0xff);
    }

    /** The keys of each bucket, one after another; empty for a bucket without keys. */
    byte[][] byBucket() {
        byte[] all = keys.toByteArray();
        int[] counts = new int[BUCKETS];
        for (int start = 0; start < all.length; start += KEY_BYTES) {
            counts[bucket(all, start)]++;
        }
        byte[][] buckets = IntStream.of(counts)
                .mapToObj(count -> new byte[count * KEY_BYTES])
                .toArray(byte[][]::new);
        Arrays.fill(counts, 0);
        for (int start = 0; start < all.length; start += KEY_BYTES) {
            int bucket = bucket(all, start);
            System.arraycopy(all, start, buckets[bucket], counts[bucket]++ * KEY_BYTES, KEY_BYTES);
        }
        return buckets;
    }
}
