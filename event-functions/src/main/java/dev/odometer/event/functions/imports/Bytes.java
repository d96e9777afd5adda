package dev.odometer.event.functions.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A stream's bytes, one by one, and how many lie behind. */
final class Bytes {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private long before;
    private int at;
    private int end;

    /** Of a stream that begins at that position of the whole. */
    Bytes(InputStream in, long position) {
        this.in = in;
        this.before = position;
    }

    /** The next byte, or -1 at the end. */
    int next() {
        return at < end || fill() ? buffer[at++] & 0xFF : -1;
    }

    /** What {@link #next} will give. */
    int peek() {
        return at < end || fill() ? buffer[at] & 0xFF : -1;
    }

    long position() {
        return before + at;
    }

    void skipByteOrderMark() {
        if (begins(BYTE_ORDER_MARK)) {
            at += BYTE_ORDER_MARK.length;
        }
    }

    /** Whether what comes next is this; at the start of the stream. */
    boolean begins(byte[] start) {
        return peek() >= 0
                && end - at >= start.length
                && Arrays.equals(buffer, at, at + start.length, start, 0, start.length);
    }

    /** The first byte to come that is no white space, as far as the buffer shows; -1 for none. */
    int firstNonBlank() {
        if (peek() < 0) {
            return -1;
        }
        int i = at;
        while (i < end && buffer[i] <= ' ' && buffer[i] >= 0) {
            i++;
        }
        return i < end ? buffer[i] & 0xFF : -1;
    }

    /** To that position, which must not lie behind this one; false when the stream ends before. */
    boolean skipTo(long position) {
        while (position > before + end) {
            at = end;
            if (!fill()) {
                return false;
            }
        }
        at = (int) (position - before);
        return true;
    }

    private boolean fill() {
        before += end;
        at = 0;
        try {
            end = in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException unexpected) {
            // The streams below say what went wrong as refusals.
            throw new UncheckedIOException(unexpected);
        }
        return end > 0;
    }
}
