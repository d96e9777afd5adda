package dev.odometer.door.request;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Input.Source;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The query parameters that no route declares. Most are refused, because a filter that is ignored gives a wrong answer.
 * Those that a platform or a proxy adds to every request, such as a key or a signature, are ignored.
 *
 * @param names of the ignored parameters; a name that ends with an asterisk is a prefix
 */
public record UndeclaredParameters(List<String> names) {

    /** Azure's function key, and the signature of AWS in a presigned URL. */
    public static final String DEFAULT = "code,X-Amz-*";

    private static final Pattern NAME = Pattern.compile("[^*,\\s]++\\*?");

    public UndeclaredParameters {
        names = List.copyOf(names);
    }

    /** Parses names that are separated by commas; see {@link #names}. */
    public static UndeclaredParameters parse(String setting) {
        List<String> names = Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new StartRefusal(
                        "odometer.ignored-parameters must contain names or prefixes with an asterisk, but has: "
                                + name);
            }
        }
        return new UndeclaredParameters(names);
    }

    /** @throws Refusal INVALID when a parameter is neither declared nor ignored; it names the parameter */
    void check(Query query, List<Input> declared) {
        for (String parameter : query.names()) {
            if (declared.stream().noneMatch(input -> isRead(input, parameter)) && !isIgnored(parameter)) {
                throw unknown(parameter, declared);
            }
        }
    }

    private static boolean isRead(Input input, String parameter) {
        return switch (input.source()) {
            case PATH, HEADER -> false;
            case QUERY, QUERY_LIST, QUERY_JSON -> parameter.equals(input.field());
            case QUERY_MAP -> Query.isEntry(parameter, input.field());
        };
    }

    private boolean isIgnored(String parameter) {
        return names.stream()
                .anyMatch(name -> name.endsWith("*")
                        ? parameter.startsWith(name.substring(0, name.length() - 1))
                        : parameter.equals(name));
    }

    private static Refusal unknown(String parameter, List<Input> declared) {
        boolean withoutKey = declared.stream()
                .anyMatch(input -> input.source() == Source.QUERY_MAP && parameter.equals(input.field()));
        return Refusal.invalid(
                withoutKey
                        ? parameter + " requires a key: " + parameter + "[key]=value"
                        : "unknown parameter: " + Refusal.quote(parameter));
    }
}
