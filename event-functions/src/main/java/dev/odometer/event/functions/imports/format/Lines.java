package dev.odometer.event.functions.imports.format;

import org.jspecify.annotations.Nullable;

/**
 * Splits a file into lines that end with LF or CRLF; blank lines are skipped. In CSV, a line feed inside quotes does
 * not end a record, see https://www.rfc-editor.org/rfc/rfc4180. A quoted record that is too long ends at the next line
 * feed nevertheless, so that one unclosed quote does not consume the rest of the file.
 */
public final class Lines implements RecordSplitter {

    private static final int NO_QUOTES = -1;

    private final ByteReader in;
    private final RecordBuffer buffer;
    private final int separator;
    private long line;

    private Lines(ByteReader in, long line, int maxBytes, int separator) {
        this.in = in;
        this.line = line;
        this.buffer = new RecordBuffer(maxBytes);
        this.separator = separator;
    }

    /** Lines of JSON, numbered from {@code line} + 1. */
    public static Lines plain(ByteReader in, long line, int maxBytes) {
        return new Lines(in, line, maxBytes, NO_QUOTES);
    }

    public static Lines csv(ByteReader in, long line, int maxBytes, char separator) {
        return new Lines(in, line, maxBytes, separator);
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
                return new RawRecord(first, line, in.position(), bytes, "a quote is not closed by line " + line);
            }
            if (!isEmpty(bytes)) {
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

    /** False if the file ends inside quotes. */
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
                // An escaped quote ("") toggles twice, so it needs no case of its own.
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

    /** Blank, or in CSV a record of separators only, which spreadsheets write for rows that were cleared. */
    private boolean isEmpty(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r' && b != separator) {
                return false;
            }
        }
        return true;
    }
}
