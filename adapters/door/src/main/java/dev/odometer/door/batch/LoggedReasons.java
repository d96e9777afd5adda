package dev.odometer.door.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why messages became dead letters, for one line of a log: at most three different reasons, each with at most 200
 * characters. A reason can quote a message, so characters that could start a line of their own, or hide others, are
 * escaped.
 */
public final class LoggedReasons {

    private static final int MAX_REASONS = 3;
    private static final int MAX_LENGTH = 200;

    private LoggedReasons() {}

    /** The reasons of one or more messages, separated by semicolons. */
    public static String of(List<String> reasons) {
        Map<String, Long> counts = reasons.stream()
                .collect(Collectors.groupingBy(LoggedReasons::line, LinkedHashMap::new, Collectors.counting()));
        String shown = counts.entrySet().stream()
                .limit(MAX_REASONS)
                .map(reason -> reason.getValue() == 1
                        ? reason.getKey()
                        : reason.getKey() + " (" + reason.getValue() + " times)")
                .collect(Collectors.joining("; "));
        int more = counts.size() - MAX_REASONS;
        return more > 0 ? shown + "; and " + more + " other reasons" : shown;
    }

    private static String line(String reason) {
        var line = new StringBuilder();
        int end = reason.codePointCount(0, reason.length()) <= MAX_LENGTH
                ? reason.length()
                : reason.offsetByCodePoints(0, MAX_LENGTH);
        reason.substring(0, end).codePoints().forEach(c -> append(line, c));
        return end < reason.length() ? line.append('…').toString() : line.toString();
    }

    private static void append(StringBuilder line, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> line.append(String.format("\\u%04x", c));
            default -> line.appendCodePoint(c);
        }
    }
}
