package dev.odometer.metering.filter;

import dev.odometer.functions.refusal.Refusal;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A SQL LIKE pattern, compared by code point. It backtracks to the last {@code %} only, so matching takes at most
 * O(text length * pattern length) steps; a backtracking regular expression with several {@code .*} takes far more.
 */
final class LikePattern implements Predicate<String> {

    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;

    private final int[] pattern;
    private final boolean ignoringCase;

    LikePattern(String text, boolean ignoringCase) {
        this.pattern = parse(text, ignoringCase);
        this.ignoringCase = ignoringCase;
    }

    private static int[] parse(String text, boolean ignoringCase) {
        int[] points = text.codePoints().toArray();
        int length = 0;
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == '\\') {
                i++;
                if (i == points.length) {
                    throw Refusal.invalid("a LIKE pattern must not end with a backslash: " + Refusal.quote(text));
                }
                point = folded(points[i], ignoringCase);
            } else if (point == '%') {
                point = ANY_TEXT;
            } else {
                point = point == '_' ? ANY_CHARACTER : folded(point, ignoringCase);
            }
            points[length++] = point;
        }
        return Arrays.copyOf(points, length);
    }

    private static int folded(int point, boolean ignoringCase) {
        // Upper, then lower case, as in String.equalsIgnoreCase: some letters are equal in one of the cases only.
        return ignoringCase ? Character.toLowerCase(Character.toUpperCase(point)) : point;
    }

    @Override
    public boolean test(String text) {
        int[] points =
                text.codePoints().map(point -> folded(point, ignoringCase)).toArray();
        int textIndex = 0;
        int patternIndex = 0;
        int lastAnyText = -1;
        int resumeAt = 0;
        while (textIndex < points.length) {
            if (patternIndex < pattern.length && pattern[patternIndex] == ANY_TEXT) {
                lastAnyText = patternIndex++;
                resumeAt = textIndex;
            } else if (patternIndex < pattern.length
                    && (pattern[patternIndex] == ANY_CHARACTER || pattern[patternIndex] == points[textIndex])) {
                patternIndex++;
                textIndex++;
            } else if (lastAnyText >= 0) {
                // Mismatch: let the last % match one more code point, and try the rest of the pattern from there.
                patternIndex = lastAnyText + 1;
                textIndex = ++resumeAt;
            } else {
                return false;
            }
        }
        return onlyAnyTextFrom(patternIndex);
    }

    private boolean onlyAnyTextFrom(int patternIndex) {
        for (int i = patternIndex; i < pattern.length; i++) {
            if (pattern[i] != ANY_TEXT) {
                return false;
            }
        }
        return true;
    }
}
