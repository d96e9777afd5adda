package dev.odometer.lambda.http;

import dev.odometer.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads members of an event. What is null is absent; what is of the wrong type is refused by its name. */
final class Members {

    private Members() {}

    /** An object inside the event, empty where there is none. */
    static JsonNode object(JsonNode event, String name) {
        JsonNode member = event.path(name);
        if (isAbsent(member) || member.isObject()) {
            return member;
        }
        throw wrong(name, "an object");
    }

    static Optional<String> text(JsonNode event, String name) {
        JsonNode member = event.path(name);
        return isAbsent(member) ? Optional.empty() : Optional.of(text(name, member));
    }

    static String required(JsonNode event, String name) {
        return text(event, name).orElseThrow(() -> Refusal.invalid("the event must have " + name));
    }

    static boolean flag(JsonNode event, String name) {
        JsonNode member = event.path(name);
        if (isAbsent(member) || member.isBoolean()) {
            return member.booleanValue(false);
        }
        throw wrong(name, "true or false");
    }

    static List<String> list(JsonNode event, String name) {
        JsonNode member = event.path(name);
        var texts = new ArrayList<String>();
        if (isAbsent(member)) {
            return texts;
        }
        if (!member.isArray()) {
            throw wrong(name, "a list");
        }
        for (JsonNode value : member) {
            if (!isAbsent(value)) {
                texts.add(text(name, value));
            }
        }
        return texts;
    }

    /** Puts the texts of an object in, each under its name. */
    static void collect(JsonNode event, String name, Map<String, List<String>> into) {
        object(event, name).forEachEntry((key, value) -> {
            if (!isAbsent(value)) {
                into.computeIfAbsent(key, absent -> new ArrayList<>()).add(text(key, value));
            }
        });
    }

    /** Puts the lists of an object in, each under its name. */
    static void collectLists(JsonNode event, String name, Map<String, List<String>> into) {
        JsonNode lists = object(event, name);
        lists.propertyNames().forEach(key -> {
            List<String> values = list(lists, key);
            if (!values.isEmpty()) {
                into.computeIfAbsent(key, absent -> new ArrayList<>()).addAll(values);
            }
        });
    }

    private static boolean isAbsent(JsonNode member) {
        return member.isMissingNode() || member.isNull();
    }

    private static String text(String name, JsonNode member) {
        if (member.isString()) {
            return member.stringValue();
        }
        throw wrong(name, "text");
    }

    private static Refusal wrong(String name, String type) {
        return Refusal.invalid("in the event, " + Refusal.quote(name) + " must be " + type);
    }
}
