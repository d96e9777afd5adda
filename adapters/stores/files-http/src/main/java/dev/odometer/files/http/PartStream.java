package dev.odometer.files.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Splits a stream into parts of one size and keeps one part in memory. {@link #close} does nothing, because content may
 * close its stream and fail afterwards; {@link #finish} completes the upload.
 */
final class PartStream extends OutputStream {

    private static final int INITIAL_BYTES = 64 * 1024;

    private final int partBytes;
    private final Upload upload;
    private byte[] part;
    private int filled;

    /** @param partBytes the size of each part except the last */
    PartStream(int partBytes, Upload upload) {
        this.partBytes = partBytes;
        this.upload = upload;
        this.part = new byte[Math.min(partBytes, INITIAL_BYTES)];
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            // A full part is sent only when more bytes follow, because the last part may be empty only for an empty
            // file.
            if (filled == partBytes) {
                upload.part(part, filled);
                filled = 0;
            }
            int count = Math.min(left, partBytes - filled);
            ensureCapacity(filled + count);
            System.arraycopy(bytes, from, part, filled, count);
            filled += count;
            from += count;
            left -= count;
        }
    }

    /** Grows the buffer by doubling, so that small files need little memory. */
    private void ensureCapacity(int needed) {
        if (needed > part.length) {
            part = Arrays.copyOf(part, Math.min(partBytes, Math.max(needed, part.length * 2)));
        }
    }

    void finish() throws IOException {
        upload.finish(part, filled);
    }
}
