package dev.odometer.door.event;

import dev.odometer.functions.refusal.Refusal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/**
 * The attributes that each CloudEvent has, see CloudEvents 1.0.2, "Required Attributes". Without this check, a message
 * that is no CloudEvent would become a record without values.
 *
 * @param components the components of the event's record for all of them, in the same order; empty if one is absent
 */
record RequiredAttributes(List<Method> components) {

    private static final String SPECVERSION = "specversion";
    private static final List<String> NAMES = List.of(SPECVERSION, "id", "source", "type");

    static RequiredAttributes of(JavaType event) {
        var components = new ArrayList<Method>();
        for (String name : NAMES) {
            RecordComponent component = component(event.getRawClass(), name);
            if (component == null || component.getType() != String.class) {
                return new RequiredAttributes(List.of());
            }
            component.getAccessor().setAccessible(true);
            components.add(component.getAccessor());
        }
        return new RequiredAttributes(components);
    }

    private static @Nullable RecordComponent component(Class<?> event, String name) {
        if (event.isRecord()) {
            for (RecordComponent component : event.getRecordComponents()) {
                if (component.getName().equals(name)) {
                    return component;
                }
            }
        }
        return null;
    }

    /** Whether the record has all of them, so that they can be checked after binding. */
    boolean areComponents() {
        return !components.isEmpty();
    }

    /** Checks a bound event; without the components there is nothing to check, because its document was checked. */
    void check(Object event, String place) {
        for (int i = 0; i < components.size(); i++) {
            check(NAMES.get(i), value(components.get(i), event), place);
        }
    }

    private static @Nullable String value(Method component, Object event) {
        try {
            return (String) component.invoke(event);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Checks the document of an event, or of several. Binding refuses a document that is neither. */
    void check(JsonNode document) {
        if (document.isObject()) {
            check(document, "");
        }
        for (int i = 0; document.isArray() && i < document.size(); i++) {
            if (document.get(i).isObject()) {
                check(document.get(i), "[" + i + "].");
            }
        }
    }

    void check(JsonNode event, String place) {
        for (String name : NAMES) {
            JsonNode value = event.get(name);
            boolean isPresent = value != null && !value.isNull();
            if (isPresent && !value.isString()) {
                throw Refusal.invalid(place + name + " must be a string");
            }
            check(name, isPresent ? value.stringValue() : null, place);
        }
    }

    private static void check(String name, @Nullable String value, String place) {
        if (value == null) {
            throw Refusal.invalid(place + name + " is required");
        }
        if (value.isEmpty()) {
            throw Refusal.invalid(place + name + " must not be empty");
        }
        if (name.equals(SPECVERSION) && !value.equals("1.0")) {
            throw Refusal.invalid(place + name + " must be 1.0: " + Refusal.quote(value));
        }
    }
}
