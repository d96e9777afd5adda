package dev.odometer.door.route;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path template, in which segments may be {@code {fields}}. */
final class Template {

    private final List<String> segments;

    private Template(List<String> segments) {
        this.segments = segments;
    }

    static Template parse(String path) {
        if (!path.startsWith("/")) {
            throw new StartRefusal("A route's path must begin with a slash: " + path, "Correct the path.");
        }
        return new Template(List.of(path.substring(1).split("/", -1)));
    }

    private static boolean isField(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    /** The values of the fields; empty if the path does not match. A field matches only non-empty segments. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            String value = path.get(i);
            if (isField(segment) && !value.isEmpty()) {
                fields.put(segment.substring(1, segment.length() - 1), value);
            } else if (!segment.equals(value) || isField(segment)) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }

    /** The number of literal segments: of two matching templates, the one with more is more specific. */
    int literals() {
        return (int) segments.stream().filter(segment -> !isField(segment)).count();
    }

    /** Whether a path can match both, and neither template is more specific in all segments that differ. */
    boolean isAmbiguousWith(Template other) {
        if (segments.size() != other.segments.size()) {
            return false;
        }
        var otherIsField = new ArrayList<Boolean>();
        for (int i = 0; i < segments.size(); i++) {
            String mine = segments.get(i);
            String theirs = other.segments.get(i);
            if (isField(mine) != isField(theirs)) {
                otherIsField.add(isField(theirs));
            } else if (!isField(mine) && !mine.equals(theirs)) {
                return false;
            }
        }
        return otherIsField.stream().distinct().count() != 1;
    }
}
