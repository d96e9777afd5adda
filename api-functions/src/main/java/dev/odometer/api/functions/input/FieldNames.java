package dev.odometer.api.functions.input;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The names of fields in version 3 of the wire API, where they differ from those of the domain. */
public record FieldNames(Map<String, String> names) {

    public FieldNames {
        names = Map.copyOf(names);
    }

    /** The result of the action; in the sentence of an invalid input, the field has the name that the client knows. */
    public <T> T applied(Supplier<T> action) {
        try {
            return action.get();
        } catch (Refusal refusal) {
            throw refusal.kind() == RefusalKind.INVALID ? Refusal.invalid(renamed(refusal.detail())) : refusal;
        }
    }

    private String renamed(String sentence) {
        return names.keySet().stream()
                .filter(name -> sentence.matches(Pattern.quote(name) + "(?![A-Za-z])(?s).*"))
                .max(Comparator.comparing(String::length))
                .map(name -> names.get(name) + sentence.substring(name.length()))
                .orElse(sentence);
    }
}
