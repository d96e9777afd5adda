package dev.odometer.door.http;

import dev.odometer.door.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The headers of a request or a reply: case-insensitive names, each with one or more values in order. A char of a value
 * is one byte as it was transmitted (ISO-8859-1), as servers deliver headers. Immutable.
 */
public final class Headers {

    public static final Headers NONE = new Headers(new TreeMap<>());

    private final Map<String, List<String>> values;

    private Headers(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * The value as it was transmitted, for platforms that deliver headers as text. Text that is UTF-8 with one char per
     * byte was not decoded by the platform and is returned unchanged; other text is encoded.
     */
    public static String transmitted(String text) {
        return Utf8.isAscii(text) || Utf8.ofBytes(text).isPresent()
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    public static Headers of(Map<String, ? extends Collection<String>> headers) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, all) ->
                values.computeIfAbsent(name, key -> new ArrayList<>()).addAll(all));
        return new Headers(values);
    }

    /** From alternating names and values. */
    public static Headers of(String... namesAndValues) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.computeIfAbsent(namesAndValues[i], key -> new ArrayList<>()).add(namesAndValues[i + 1]);
        }
        return new Headers(values);
    }

    /** A copy with one more value for the name. */
    public Headers with(String name, String value) {
        var more = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((key, all) -> more.put(key, new ArrayList<>(all)));
        more.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return new Headers(more);
    }

    /** A copy with this value alone for the name. */
    Headers replaced(String name, String value) {
        var others = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        others.putAll(values);
        others.put(name, List.of(value));
        return new Headers(others);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
    }

    /** The values of a list-based header, joined with commas; see RFC 9110, 5.3. */
    public Optional<String> joined(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }

    /** Passes each name, in its original case, with each of its values. */
    public void forEach(BiConsumer<String, String> visitor) {
        values.forEach((name, all) -> all.forEach(value -> visitor.accept(name, value)));
    }

    /** The values of each name that begins with the prefix, keyed by the rest of the name in lower case. */
    public Map<String, List<String>> startingWith(String prefix) {
        var found = new TreeMap<String, List<String>>();
        values.forEach((name, all) -> {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                found.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT), List.copyOf(all));
            }
        });
        return found;
    }

    /** Names only, because values may be secrets. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
