package dev.odometer.metering.filter;

import dev.odometer.functions.refusal.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A SQL LIKE pattern, compared by code point. It follows all possible positions in the pattern at once, as bits of words
 * (the Shift-And algorithm), and never backtracks: each code point of the text takes one step per 64 of the pattern,
 * whatever the pattern is.
 */
final class LikePattern implements Predicate<String> {

    private static final int BITS = Long.SIZE;
    private static final int ASCII = 128;

    private final boolean ignoringCase;
    /** The number of code points that the pattern requires; position {@code i} is before the i-th of them. */
    private final int length;
    /** The positions before each required code point that occurs in the pattern, or before any. */
    private final Map<Integer, long[]> before;
    /** The same by code point as it is in the text, without a lookup. */
    private final long[][] ascii = new long[ASCII][];
    /** The positions before a {@code _}, which every code point satisfies. */
    private final long[] beforeAny;
    /** The positions at a {@code %}, which every code point leaves as they are. */
    private final long[] staying;

    LikePattern(String text, boolean ignoringCase) {
        int[] points = text.codePoints().toArray();
        this.ignoringCase = ignoringCase;
        this.beforeAny = new long[points.length / BITS + 1];
        this.staying = new long[beforeAny.length];
        this.before = new HashMap<>();
        this.length = parse(text, points);
        before.values().forEach(positions -> merge(positions, beforeAny));
        for (int point = 0; point < ASCII; point++) {
            ascii[point] = before.getOrDefault(folded(point), beforeAny);
        }
    }

    private int parse(String text, int[] points) {
        int position = 0;
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == '%') {
                set(staying, position);
            } else if (point == '_') {
                set(beforeAny, position++);
            } else {
                if (point == '\\' && ++i == points.length) {
                    throw Refusal.invalid("a LIKE pattern must not end with a backslash: " + Refusal.quote(text));
                }
                int required = folded(points[i]);
                set(before.computeIfAbsent(required, absent -> new long[beforeAny.length]), position++);
            }
        }
        return position;
    }

    private int folded(int point) {
        // Upper, then lower case, as in String.equalsIgnoreCase: some letters are equal in one of the cases only.
        return ignoringCase ? Character.toLowerCase(Character.toUpperCase(point)) : point;
    }

    private static void set(long[] bits, int position) {
        bits[position / BITS] |= 1L << (position % BITS);
    }

    private static void merge(long[] bits, long[] more) {
        for (int word = 0; word < bits.length; word++) {
            bits[word] |= more[word];
        }
    }

    @Override
    public boolean test(String text) {
        long[] positions = new long[beforeAny.length];
        positions[0] = 1;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (!step(positions, point < ASCII ? ascii[point] : before.getOrDefault(folded(point), beforeAny))) {
                return false;
            }
        }
        return ((positions[length / BITS] >>> (length % BITS)) & 1) == 1;
    }

    /** Moves the positions over one code point. Returns false if none is left, so that no further text can match. */
    private boolean step(long[] positions, long[] advancing) {
        long carry = 0;
        long any = 0;
        for (int word = 0; word < positions.length; word++) {
            long moved = positions[word] & advancing[word];
            positions[word] = (positions[word] & staying[word]) | (moved << 1) | carry;
            carry = moved >>> (BITS - 1);
            any |= positions[word];
        }
        return any != 0;
    }
}
