package dev.odometer.door.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decoded parameters of a query string. A plus is a space; empty values are kept; repeated ones keep their order.
 */
public final class Query {

    private final Map<String, List<String>> parameters;

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    public static Query parse(@Nullable String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        if (query == null || query.isEmpty()) {
            return new Query(parameters);
        }
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode("the name of a parameter", equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode("parameter " + name, pair.substring(equals + 1));
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return new Query(parameters);
    }

    private static String decode(String what, String encoded) {
        return Percent.decode(what, encoded.replace('+', ' '));
    }

    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** The values of {@code name[key]}, by key. */
    public Map<String, List<String>> map(String name) {
        var entries = new LinkedHashMap<String, List<String>>();
        parameters.forEach((parameter, values) -> {
            if (isEntry(parameter, name)) {
                entries.put(parameter.substring(name.length() + 1, parameter.length() - 1), values);
            }
        });
        return entries;
    }

    static boolean isEntry(String parameter, String name) {
        return parameter.startsWith(name + "[") && parameter.endsWith("]");
    }

    public Set<String> names() {
        return parameters.keySet();
    }
}
