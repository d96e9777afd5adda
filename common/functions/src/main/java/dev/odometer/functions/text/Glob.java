package dev.odometer.functions.text;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pattern like those of shells: {@code *} matches anything but slashes, {@code **} anything, {@code ?} one character
 * but a slash.
 */
public final class Glob {

    private final Pattern pattern;

    private Glob(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    public static Glob of(String glob) {
        return new Glob(expression(glob));
    }

    /** One that matches what at least one of several matches; they are separated by commas. */
    public static Glob anyOf(String globs) {
        return new Glob(Stream.of(globs.split(","))
                .map(String::strip)
                .filter(glob -> !glob.isEmpty())
                .map(Glob::expression)
                .reduce((one, other) -> one + "|" + other)
                .orElse("(?!)"));
    }

    private static String expression(String glob) {
        var expression = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && glob.startsWith("**", i)) {
                expression.append(".*");
                i++;
            } else if (c == '*') {
                expression.append("[^/]*");
            } else {
                expression.append(c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return expression.toString();
    }

    public boolean matches(String text) {
        return pattern.matcher(text).matches();
    }
}
