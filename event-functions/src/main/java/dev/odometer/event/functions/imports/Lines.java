package dev.odometer.event.functions.imports;

import org.jspecify.annotations.Nullable;

/**
 * Lines that end with LF or CRLF; blank ones are passed over. In CSV a line feed inside of quotes ends nothing, see
 * https://www.rfc-editor.org/rfc/rfc4180; one that opens quotes and is too long ends at the next line feed all the same, so
 * that one quote that is not closed does not swallow the rest of a file.
 */
final class Lines implements RecordSplitter {

    private static final int NO_QUOTES = -1;

    private final Bytes in;
    private final RecordBuffer buffer;
    private final int separator;
    private long line;

    private Lines(Bytes in, long line, int longest, int separator) {
        this.in = in;
        this.line = line;
        this.buffer = new RecordBuffer(longest);
        this.separator = separator;
    }

    /** Lines behind so many others. */
    static Lines plain(Bytes in, long line, int longest) {
        return new Lines(in, line, longest, NO_QUOTES);
    }

    static Lines csv(Bytes in, long line, int longest, char separator) {
        return new Lines(in, line, longest, separator);
    }

    @Override
    public @Nullable RawRecord next() {
        while (in.peek() >= 0) {
            long first = line + 1;
            buffer.clear();
            boolean isClosed = separator == NO_QUOTES ? plainLine() : quotedLine();
            byte[] bytes = buffer.line();
            if (buffer.isTooLong()) {
                return new RawRecord(first, line, in.position(), bytes, buffer.problem());
            }
            if (!isClosed) {
                return new RawRecord(
                        first, line, in.position(), bytes, "a quote is opened and not closed by line " + line);
            }
            if (!isBlank(bytes)) {
                return new RawRecord(first, line, in.position(), bytes, null);
            }
        }
        return null;
    }

    private boolean plainLine() {
        line++;
        for (int b = in.next(); b >= 0 && b != '\n'; b = in.next()) {
            buffer.add(b);
        }
        return true;
    }

    /** False when the file ends inside of quotes. */
    private boolean quotedLine() {
        line++;
        boolean isQuoted = false;
        boolean startsField = true;
        for (int b = in.next(); b >= 0; b = in.next()) {
            if (b == '\n' && (!isQuoted || buffer.isTooLong())) {
                return true;
            }
            buffer.add(b);
            if (b == '"' && (isQuoted || startsField)) {
                // A quote twice closes and opens again, which is as good.
                isQuoted = !isQuoted;
                startsField = !isQuoted && in.peek() == '"';
            } else {
                startsField = !isQuoted && b == separator;
            }
            if (b == '\n' && in.peek() >= 0) {
                line++;
            }
        }
        return !isQuoted;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
