package dev.odometer.event.functions.imports.format;

import java.util.Arrays;

/** The bytes of a record, kept up to the maximum length. */
final class RecordBuffer {

    private final int maxBytes;
    private byte[] bytes = new byte[1024];
    private int length;
    private boolean tooLong;

    RecordBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void clear() {
        length = 0;
        tooLong = false;
    }

    void add(int b) {
        if (length == maxBytes) {
            tooLong = true;
            return;
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(maxBytes, length * 2));
        }
        bytes[length++] = (byte) b;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** The reason for rejecting a record that is too long. */
    String problem() {
        return "the record must have at most " + maxBytes + " bytes";
    }

    /** The bytes without a trailing carriage return. */
    byte[] line() {
        return Arrays.copyOf(bytes, length > 0 && bytes[length - 1] == '\r' ? length - 1 : length);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
