package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.functions.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Reads members of an event. Null is absent; a member of the wrong type is refused by name. */
final class RequestMembers {

    private RequestMembers() {}

    /** An object in the event; a missing node or null if there is none. */
    static JsonNode object(JsonNode event, String name) {
        JsonNode member = event.path(name);
        if (isAbsent(member) || member.isObject()) {
            return member;
        }
        throw wrongType(name, "an object");
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
        throw wrongType(name, "true or false");
    }

    static List<String> list(JsonNode event, String name) {
        JsonNode member = event.path(name);
        var texts = new ArrayList<String>();
        if (isAbsent(member)) {
            return texts;
        }
        if (!member.isArray()) {
            throw wrongType(name, "a list");
        }
        for (JsonNode value : member) {
            if (!isAbsent(value)) {
                texts.add(text(name, value));
            }
        }
        return texts;
    }

    /** Merges two maps: all names of the one with lists, and those of the one with strings that the first lacks. */
    static Map<String, List<String>> collected(JsonNode event, String lists, String texts) {
        return collected(event, lists, texts, LinkedHashMap::new);
    }

    /** Merges the headers, whose names are case-insensitive. The values are as transmitted. */
    static Map<String, List<String>> collectedHeaders(JsonNode event) {
        var headers =
                collected(event, "multiValueHeaders", "headers", () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        headers.values().forEach(values -> values.replaceAll(Headers::transmitted));
        return headers;
    }

    /** The texts in an object, by name. */
    static Map<String, String> texts(JsonNode event, String name) {
        var texts = new HashMap<String, String>();
        JsonNode members = object(event, name);
        for (String member : members.propertyNames()) {
            text(members, member).ifPresent(value -> texts.put(member, value));
        }
        return texts;
    }

    private static Map<String, List<String>> collected(
            JsonNode event, String lists, String texts, Supplier<Map<String, List<String>>> map) {
        Map<String, List<String>> collected = map.get();
        JsonNode all = object(event, lists);
        for (String name : all.propertyNames()) {
            list(all, name).forEach(value -> add(collected, name, value));
        }
        Map<String, List<String>> missing = map.get();
        JsonNode last = object(event, texts);
        for (String name : last.propertyNames()) {
            if (!collected.containsKey(name)) {
                text(last, name).ifPresent(value -> add(missing, name, value));
            }
        }
        collected.putAll(missing);
        return collected;
    }

    private static void add(Map<String, List<String>> map, String name, String value) {
        map.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    }

    private static boolean isAbsent(JsonNode member) {
        return member.isMissingNode() || member.isNull();
    }

    private static String text(String name, JsonNode member) {
        if (member.isString()) {
            return member.stringValue();
        }
        throw wrongType(name, "text");
    }

    private static Refusal wrongType(String name, String type) {
        return Refusal.invalid("in the event, " + Refusal.quote(name) + " must be " + type);
    }
}
