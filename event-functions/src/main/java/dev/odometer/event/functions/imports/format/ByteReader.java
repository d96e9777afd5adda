package dev.odometer.event.functions.imports.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Reads a stream byte by byte and tracks the position. A buffer of its own makes {@code next} cheap: it is called for
 * every byte of a file.
 */
public final class ByteReader {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private long bufferStart;
    private int index;
    private int end;

    /** Reads a stream that starts at this position of the file. */
    public ByteReader(InputStream in, long position) {
        this.in = in;
        this.bufferStart = position;
    }

    /** The next byte, or -1 at the end. */
    int next() {
        return index < end || fill() ? buffer[index++] & 0xFF : -1;
    }

    /** The byte that {@link #next} returns next, or -1 at the end. */
    int peek() {
        return index < end || fill() ? buffer[index] & 0xFF : -1;
    }

    public long position() {
        return bufferStart + index;
    }

    void skipByteOrderMark() {
        if (begins(BYTE_ORDER_MARK)) {
            index += BYTE_ORDER_MARK.length;
        }
    }

    /** Whether the next bytes are these; only valid at the start of the stream. */
    boolean begins(byte[] start) {
        return peek() >= 0
                && end - index >= start.length
                && Arrays.equals(buffer, index, index + start.length, start, 0, start.length);
    }

    /** The next byte that is not white space, within the buffer; -1 if there is none. */
    int firstNonBlank() {
        if (peek() < 0) {
            return -1;
        }
        int i = index;
        while (i < end && buffer[i] <= ' ' && buffer[i] >= 0) {
            i++;
        }
        return i < end ? buffer[i] & 0xFF : -1;
    }

    /** Skips to a position, which must not be before the current one; false if the stream ends first. */
    public boolean skipTo(long position) {
        while (position > bufferStart + end) {
            index = end;
            if (!fill()) {
                return false;
            }
        }
        index = (int) (position - bufferStart);
        return true;
    }

    private boolean fill() {
        bufferStart += end;
        index = 0;
        try {
            end = in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException unexpected) {
            // The underlying streams translate their failures into refusals.
            throw new UncheckedIOException(unexpected);
        }
        return end > 0;
    }
}
