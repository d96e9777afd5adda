package dev.odometer.conformance;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * The patterns of an ignore file: the last one that matches a file or one of its folders decides; see
 * https://docs.docker.com/build/concepts/context/#dockerignore-files.
 */
final class DockerIgnore {

    private record Line(PathMatcher pattern, boolean keeps) {}

    private final List<Line> lines;

    DockerIgnore(String text) {
        lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.startsWith("!")
                        ? new Line(matcher(line.substring(1)), true)
                        : new Line(matcher(line), false))
                .toList();
    }

    /** In Docker, a leading {@code **}{@code /} also matches no folder. */
    private static PathMatcher matcher(String pattern) {
        String glob = pattern.startsWith("**/") ? "{" + pattern.substring(3) + "," + pattern + "}" : pattern;
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    boolean removes(String file) {
        boolean removed = false;
        for (Line line : lines) {
            if (matches(line.pattern, Path.of(file))) {
                removed = !line.keeps;
            }
        }
        return removed;
    }

    private static boolean matches(PathMatcher pattern, Path file) {
        for (int length = 1; length <= file.getNameCount(); length++) {
            if (pattern.matches(file.subpath(0, length))) {
                return true;
            }
        }
        return false;
    }
}
