package dev.odometer.metering.usage;

import dev.odometer.functions.refusal.Refusal;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A LIKE pattern, compared by code point. It goes back to the last {@code %} only, so it needs at most text times
 * pattern steps, whatever the pattern; a regular expression of several {@code .*} would need exponentially many.
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
        // Both ways, as String.equalsIgnoreCase does: some letters differ in one case only.
        return ignoringCase ? Character.toLowerCase(Character.toUpperCase(point)) : point;
    }

    @Override
    public boolean test(String text) {
        int[] points =
                text.codePoints().map(point -> folded(point, ignoringCase)).toArray();
        int here = 0;
        int next = 0;
        int lastAnyText = -1;
        int resumeAt = 0;
        while (here < points.length) {
            if (next < pattern.length && pattern[next] == ANY_TEXT) {
                lastAnyText = next++;
                resumeAt = here;
            } else if (next < pattern.length && (pattern[next] == ANY_CHARACTER || pattern[next] == points[here])) {
                next++;
                here++;
            } else if (lastAnyText >= 0) {
                next = lastAnyText + 1;
                here = ++resumeAt;
            } else {
                return false;
            }
        }
        return onlyAnyTextFrom(next);
    }

    private boolean onlyAnyTextFrom(int next) {
        for (int i = next; i < pattern.length; i++) {
            if (pattern[i] != ANY_TEXT) {
                return false;
            }
        }
        return true;
    }
}
