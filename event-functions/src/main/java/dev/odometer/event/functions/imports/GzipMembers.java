package dev.odometer.event.functions.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip of one or several members, see https://www.rfc-editor.org/rfc/rfc1952. Unlike the JDK's stream it does not take what
 * is no member for the end of the file, nor a pause of the stream below.
 */
final class GzipMembers extends InputStream {

    private static final int DEFLATE = 8;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int EXTRA = 4;
    private static final int HEADER_CHECKSUM = 2;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] packed = new byte[1 << 14];
    private int at;
    private int end;
    private boolean isInMember;

    GzipMembers(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (isInMember || begin()) {
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
                    finish();
                    return 0;
                }
                if (inflater.needsDictionary()) {
                    throw new IOException("it needs a dictionary");
                }
                if (at == end && !fill()) {
                    throw new EOFException("it ends early");
                }
                inflater.setInput(packed, at, end - at);
                at = end;
            }
        } catch (DataFormatException broken) {
            throw new IOException("it is damaged", broken);
        }
    }

    /** Reads a header; false at the end of the file. */
    private boolean begin() throws IOException {
        if (at == end && !fill()) {
            return false;
        }
        if (next() != 0x1F || next() != 0x8B || next() != DEFLATE) {
            throw new IOException("it is damaged, or something else follows it");
        }
        int flags = next();
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

    private void finish() throws IOException {
        isInMember = false;
        at = end - inflater.getRemaining();
        if (number() != checksum.getValue() || number() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new IOException("it is damaged");
        }
    }

    private long number() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // to its end
        }
    }

    private int next() throws IOException {
        if (at == end && !fill()) {
            throw new EOFException("it ends early");
        }
        return packed[at++] & 0xFF;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(in.read(packed), 0);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
