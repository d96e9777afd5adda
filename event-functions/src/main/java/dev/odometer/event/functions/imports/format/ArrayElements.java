package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a JSON array, delimited by brackets and quotes only; whether an element is valid JSON is checked when
 * it is parsed. Where the array itself is malformed, the rest of the file cannot be split, so the import fails.
 */
public final class ArrayElements implements RecordSplitter {

    private final ByteReader in;
    private final RecordBuffer buffer;
    private long number;
    private boolean isOpen;

    /** Starts after the first {@code number} elements. */
    public ArrayElements(ByteReader in, long number, int maxBytes) {
        this.in = in;
        this.number = number;
        this.buffer = new RecordBuffer(maxBytes);
        this.isOpen = number > 0;
    }

    @Override
    public @Nullable RawRecord next() {
        int b = nonBlank();
        if (!isOpen) {
            if (b < 0) {
                return null;
            }
            expect(b == '[', "it must start with [");
            isOpen = true;
            b = nonBlank();
            if (b == ']') {
                return end();
            }
            return element(b);
        }
        if (b == ']') {
            return end();
        }
        expect(b == ',', "an element must be followed by , or ]");
        return element(nonBlank());
    }

    private @Nullable RawRecord end() {
        expect(nonBlank() < 0, "nothing may follow the closing ]");
        isOpen = false;
        return null;
    }

    private void expect(boolean holds, String rule) {
        if (!holds) {
            throw Refusal.invalid(
                    "invalid JSON array at byte " + in.position() + ", after element " + number + ": " + rule);
        }
    }

    private int nonBlank() {
        int b = in.next();
        while (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
            b = in.next();
        }
        return b;
    }

    private RawRecord element(int first) {
        expect(first >= 0 && first != ']' && first != ',', "an element must follow [ or ,");
        buffer.clear();
        buffer.add(first);
        if (first == '{' || first == '[') {
            nested();
        } else if (first == '"') {
            string();
        } else {
            for (int b = in.peek(); b >= 0 && b != ',' && b != ']'; b = in.peek()) {
                buffer.add(in.next());
            }
        }
        number++;
        String problem = buffer.isTooLong() ? buffer.problem() : null;
        return new RawRecord(number, number, in.position(), buffer.bytes(), problem);
    }

    private void nested() {
        for (long depth = 1; depth > 0; ) {
            int b = in.next();
            expect(b >= 0, "the file ends within an element");
            buffer.add(b);
            if (b == '"') {
                string();
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
    }

    private void string() {
        boolean isEscaped = false;
        for (int b = in.next(); b != '"' || isEscaped; b = in.next()) {
            expect(b >= 0, "the file ends within an element");
            buffer.add(b);
            isEscaped = b == '\\' && !isEscaped;
        }
        buffer.add('"');
    }
}
