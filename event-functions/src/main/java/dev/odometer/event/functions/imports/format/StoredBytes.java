package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.refusal.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file's stored bytes, counted as they are read. A failure of the store is UNAVAILABLE, because a retry may succeed.
 */
public final class StoredBytes extends FilterInputStream {

    private long read;

    /** Reads a stream that starts at this byte of the file. */
    public StoredBytes(InputStream in, long from) {
        super(in);
        read = from;
    }

    public long count() {
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        try {
            int count = super.read(into, from, length);
            read += Math.max(count, 0);
            return count;
        } catch (IOException failure) {
            throw Refusal.unavailable("the file store does not respond", failure);
        }
    }
}
