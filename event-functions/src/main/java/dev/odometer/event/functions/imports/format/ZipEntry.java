package dev.odometer.event.functions.imports.format;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A file in a ZIP archive, as its directory describes it.
 *
 * @param flags bits, of which the lowest means encrypted
 * @param method 0 for stored, 8 for deflated
 * @param checksum the CRC-32 of the content
 * @param compressed the number of bytes in the archive
 * @param size the number of bytes of the content
 * @param offset the position of its header in the archive
 */
public record ZipEntry(String name, int flags, int method, long checksum, long compressed, long size, long offset) {

    private static final int HEADER_SIGNATURE = 0x04034b50;
    private static final int HEADER_BYTES = 30;

    /**
     * The content, verified by its length and checksum.
     *
     * @param archive the archive's bytes from {@code offset} on; it is read to its end
     */
    public InputStream open(InputStream archive) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(archive.readNBytes(HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        if (header.limit() < HEADER_BYTES || header.getInt(0) != HEADER_SIGNATURE) {
            throw new IOException("damaged header");
        }
        // Read, because the archive's stream counts what is read.
        archive.readNBytes(Short.toUnsignedInt(header.getShort(26)) + Short.toUnsignedInt(header.getShort(28)));
        var raw = new Limited(archive, compressed);
        return new Verified(method == 0 ? raw : new InflaterInputStream(raw, new Inflater(true), 1 << 14), archive);
    }

    /** At most so many bytes of a stream. */
    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(into, from, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("unexpected end of file");
            }
            left -= count;
            return count;
        }
    }

    /** Compares the content with the directory at its end. */
    private final class Verified extends FilterInputStream {

        private final InputStream archive;
        private final CRC32 actual = new CRC32();
        private long length;
        private boolean hasEnded;

        Verified(InputStream content, InputStream archive) {
            super(content);
            this.archive = archive;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int read = hasEnded ? -1 : super.read(into, from, count);
            if (read > 0) {
                actual.update(into, from, read);
                length += read;
                if (length > size) {
                    throw new IOException("the content is longer than the archive's directory says");
                }
            } else if (read < 0 && !hasEnded) {
                hasEnded = true;
                if (length != size || actual.getValue() != checksum) {
                    throw new IOException("damaged data");
                }
                archive.transferTo(OutputStream.nullOutputStream());
            }
            return read;
        }
    }
}
