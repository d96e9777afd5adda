package dev.odometer.event.functions.imports;

import dev.odometer.functions.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a JSON array, found by its brackets and quotes alone: whether an element is JSON shows when it is read.
 * Where the array itself is broken nothing behind can be told apart.
 */
final class ArrayElements implements RecordSplitter {

    private final Bytes in;
    private final RecordBuffer buffer;
    private long number;
    private boolean isOpen;

    /** Behind so many elements. */
    ArrayElements(Bytes in, long number, int longest) {
        this.in = in;
        this.number = number;
        this.buffer = new RecordBuffer(longest);
        this.isOpen = number > 0;
    }

    @Override
    public @Nullable RawRecord next() {
        int b = nonBlank();
        if (!isOpen) {
            if (b < 0) {
                return null;
            }
            expect(b == '[', "a JSON array begins with [");
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
        expect(b == ',', "elements of an array are followed by , or ]");
        return element(nonBlank());
    }

    private @Nullable RawRecord end() {
        expect(nonBlank() < 0, "nothing may follow a JSON array");
        isOpen = false;
        return null;
    }

    private void expect(boolean holds, String rule) {
        if (!holds) {
            throw Refusal.invalid(rule + ", but not at byte " + in.position() + ", behind element " + number);
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
        expect(first >= 0 && first != ']' && first != ',', "an element is expected behind [ and ,");
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
            expect(b >= 0, "an element has to end");
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
            expect(b >= 0, "an element has to end");
            buffer.add(b);
            isEscaped = b == '\\' && !isEscaped;
        }
        buffer.add('"');
    }
}
