package dev.odometer.postgres.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Measures the rows of a table as they are read. In the text format of {@code copy}, each row ends with a line feed. */
final class MeasuredStream extends FilterInputStream {

    private final MessageDigest digest;
    private long rows;
    private long bytes;

    MeasuredStream(InputStream rows) {
        this(rows, sha256());
    }

    private MeasuredStream(InputStream rows, MessageDigest digest) {
        super(new DigestInputStream(rows, digest));
        this.digest = digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count((byte) value);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        for (int i = 0; i < read; i++) {
            count(buffer[offset + i]);
        }
        return read;
    }

    private void count(byte value) {
        bytes++;
        if (value == '\n') {
            rows++;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What was read. It can be called once, at the end. */
    Contents.Content content() {
        return new Contents.Content(rows, bytes, HexFormat.of().formatHex(digest.digest()));
    }
}
