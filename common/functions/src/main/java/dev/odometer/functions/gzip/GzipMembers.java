package dev.odometer.functions.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip of one or more members, see https://www.rfc-editor.org/rfc/rfc1952. Unlike {@code GZIPInputStream}
 * it does not silently ignore trailing data that is not a member, it does not end early when the underlying stream
 * reports no available bytes, and it does not recurse for members without content, thousands of which would exhaust the
 * stack. A malformed member is an {@link IOException}.
 */
public final class GzipMembers extends InputStream {

    private static final int DEFLATE = 8;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int EXTRA = 4;
    private static final int HEADER_CHECKSUM = 2;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] compressed = new byte[1 << 14];
    private int at;
    private int end;
    private boolean isInMember;

    public GzipMembers(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (isInMember || beginMember()) {
            int count = inflate(into, from, length);
            if (count > 0) {
                checksum.update(into, from, count);
                return count;
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int from, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(into, from, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    finishMember();
                    return 0;
                }
                if (inflater.needsDictionary()) {
                    throw new IOException("a preset dictionary is not supported");
                }
                if (at == end && !fill()) {
                    throw new EOFException("unexpected end of file");
                }
                inflater.setInput(compressed, at, end - at);
                at = end;
            }
        } catch (DataFormatException broken) {
            throw new IOException("damaged data", broken);
        }
    }

    /** Reads the header of the next member; false at the end of the file. */
    private boolean beginMember() throws IOException {
        if (at == end && !fill()) {
            return false;
        }
        if (next() != 0x1F || next() != 0x8B || next() != DEFLATE) {
            throw new IOException("damaged header or trailing data");
        }
        int flags = next();
        // Modification time, extra flags and operating system.
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        isInMember = true;
        return true;
    }

    /** Verifies the trailer: CRC-32 and length modulo 2^32. */
    private void finishMember() throws IOException {
        isInMember = false;
        at = end - inflater.getRemaining();
        if (littleEndianInt() != checksum.getValue()
                || littleEndianInt() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new IOException("damaged data");
        }
    }

    private long littleEndianInt() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // skips to the terminating zero byte
        }
    }

    private int next() throws IOException {
        if (at == end && !fill()) {
            throw new EOFException("unexpected end of file");
        }
        return compressed[at++] & 0xFF;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(in.read(compressed), 0);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
