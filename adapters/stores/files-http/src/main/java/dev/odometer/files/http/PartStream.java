package dev.odometer.files.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Cuts what is written into parts of one size, of which one is in memory. Closing it does nothing: what writes may close it
 * and fail after that.
 */
final class PartStream extends OutputStream {

    private static final int FIRST_BYTES = 64 * 1024;

    private final int partBytes;
    private final Upload upload;
    private byte[] part;
    private int filled;

    /** @param partBytes of each part but the last */
    PartStream(int partBytes, Upload upload) {
        this.partBytes = partBytes;
        this.upload = upload;
        this.part = new byte[Math.min(partBytes, FIRST_BYTES)];
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
            // Only when there is more: the last part must not be empty, but for an empty file.
            if (filled == partBytes) {
                upload.part(part, filled);
                filled = 0;
            }
            int count = Math.min(left, partBytes - filled);
            makeRoom(filled + count);
            System.arraycopy(bytes, from, part, filled, count);
            filled += count;
            from += count;
            left -= count;
        }
    }

    private void makeRoom(int needed) {
        if (needed > part.length) {
            part = Arrays.copyOf(part, Math.min(partBytes, Math.max(needed, part.length * 2)));
        }
    }

    void finish() throws IOException {
        upload.finish(part, filled);
    }
}
