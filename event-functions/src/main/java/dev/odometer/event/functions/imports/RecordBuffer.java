package dev.odometer.event.functions.imports;

import java.util.Arrays;

/** The bytes of a piece, of which no more are kept than it may have. */
final class RecordBuffer {

    private final int longest;
    private byte[] bytes = new byte[1024];
    private int length;
    private boolean tooLong;

    RecordBuffer(int longest) {
        this.longest = longest;
    }

    void clear() {
        length = 0;
        tooLong = false;
    }

    void add(int b) {
        if (length == longest) {
            tooLong = true;
            return;
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(longest, length * 2));
        }
        bytes[length++] = (byte) b;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** What is wrong with a piece that is too long. */
    String problem() {
        return "it must have at most " + longest + " bytes";
    }

    /** Without the carriage return before a line feed. */
    byte[] line() {
        return Arrays.copyOf(bytes, length > 0 && bytes[length - 1] == '\r' ? length - 1 : length);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
