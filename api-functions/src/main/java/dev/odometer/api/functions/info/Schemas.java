package dev.odometer.api.functions.info;

import dev.odometer.functions.route.Represented;
import dev.odometer.functions.route.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The JSON schemas of types, as OpenAPI 3.1 uses them, in the JSON form that they have on the wire. Records become components. */
final class Schemas {

    private static final Map<String, Object> ANY = Map.of();
    private static final Map<String, Object> STRING = Map.of("type", "string");
    private static final Map<String, Object> INTEGER_32 = Map.of("type", "integer", "format", "int32");
    private static final Map<String, Object> INTEGER_64 = Map.of("type", "integer", "format", "int64");
    private static final Map<Class<?>, Map<String, Object>> SCALARS = Map.ofEntries(
            Map.entry(String.class, STRING),
            Map.entry(Instant.class, Map.of("type", "string", "format", "date-time")),
            Map.entry(OffsetDateTime.class, Map.of("type", "string", "format", "date-time")),
            Map.entry(LocalDate.class, Map.of("type", "string", "format", "date")),
            Map.entry(boolean.class, Map.of("type", "boolean")),
            Map.entry(Boolean.class, Map.of("type", "boolean")),
            Map.entry(int.class, INTEGER_32),
            Map.entry(Integer.class, INTEGER_32),
            Map.entry(long.class, INTEGER_64),
            Map.entry(Long.class, INTEGER_64),
            Map.entry(BigInteger.class, Map.of("type", "integer")),
            Map.entry(BigDecimal.class, Map.of("type", "number")));

    private final Descriptions descriptions;
    private final Map<String, Map<String, Object>> components = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();

    Schemas(Descriptions descriptions) {
        this.descriptions = descriptions;
    }

    /** The schemas of all records that occurred so far, by name. */
    Map<String, Map<String, Object>> components() {
        return components;
    }

    /** A schema or a reference to a component. */
    Map<String, Object> of(Type type) {
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        }
        Class<?> raw = raw(type);
        if (raw == null) {
            return ANY;
        }
        if (raw.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(raw.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList());
        }
        if (raw.isRecord()) {
            return component(type, raw);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return Map.of("type", "array", "items", argument(type, 0));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return Map.of("type", "object", "additionalProperties", argument(type, 1));
        }
        if (raw == Optional.class) {
            return nullable(argument(type, 0));
        }
        if (raw == Represented.class) {
            return argument(type, 0);
        }
        return SCALARS.getOrDefault(raw, ANY);
    }

    /** The element of a list. */
    Map<String, Object> element(Type list) {
        return argument(list, 0);
    }

    /** An object with the components of a record that match, without a name of its own. */
    Map<String, Object> object(Type type, Predicate<String> included) {
        Class<?> raw = raw(type);
        return raw == null || !raw.isRecord() ? of(type) : object(type, raw, included);
    }

    /** The component of a record; any value if there is none of this name. */
    Map<String, Object> member(Type type, String name) {
        Class<?> raw = raw(type);
        if (raw == null || !raw.isRecord()) {
            return ANY;
        }
        for (RecordComponent component : raw.getRecordComponents()) {
            if (member(component).equals(name)) {
                return described(of(component.getGenericType()), raw, component);
            }
        }
        return ANY;
    }

    /** Whether every request must have the component of a record. */
    boolean isRequired(Type type, String name) {
        Class<?> raw = raw(type);
        return raw != null
                && raw.isRecord()
                && Arrays.stream(raw.getRecordComponents())
                        .anyMatch(component ->
                                member(component).equals(name) && component.isAnnotationPresent(Required.class));
    }

    /** A component that is named like a keyword of Java ends with an underscore. */
    private static String member(RecordComponent component) {
        return component.getName().replaceFirst("_$", "");
    }

    /** With the description of the component, also beside a reference. */
    private Map<String, Object> described(Map<String, Object> schema, Class<?> raw, RecordComponent component) {
        var described = new LinkedHashMap<>(schema);
        descriptions.ofComponent(raw, component.getName()).ifPresent(text -> described.put("description", text));
        return described;
    }

    private Map<String, Object> component(Type type, Class<?> raw) {
        String name = name(type, raw);
        if (!components.containsKey(name)) {
            // Before its members, which may refer to it.
            components.put(name, ANY);
            components.put(name, object(type, raw, member -> true));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> object(Type type, Class<?> raw, Predicate<String> included) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : raw.getRecordComponents()) {
            String name = member(component);
            if (included.test(name)) {
                properties.put(name, described(of(bound(component.getGenericType(), type, raw)), raw, component));
                if (component.isAnnotationPresent(Required.class)
                        || !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    required.add(name);
                }
            }
        }
        var object = new LinkedHashMap<String, Object>();
        object.put("type", "object");
        descriptions.ofRecord(raw).ifPresent(text -> object.put("description", text));
        object.put("properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }

    /** The type with the variables of a generic record replaced, at the top or as the argument of a list. */
    private static Type bound(Type component, Type record, Class<?> raw) {
        if (!(record instanceof ParameterizedType generic)) {
            return component;
        }
        if (component instanceof TypeVariable<?> variable) {
            int index = List.of(raw.getTypeParameters()).indexOf(variable);
            return index < 0 ? Object.class : generic.getActualTypeArguments()[index];
        }
        if (component instanceof ParameterizedType parts) {
            Type[] arguments = Arrays.stream(parts.getActualTypeArguments())
                    .map(argument -> bound(argument, record, raw))
                    .toArray(Type[]::new);
            return new Generic(parts.getRawType(), arguments);
        }
        return component;
    }

    @SuppressWarnings("ArrayRecordComponent") // the array of the interface, never compared
    private record Generic(Type getRawType, Type[] getActualTypeArguments) implements ParameterizedType {
        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    /** The class name with those that enclose it and its arguments; another number for another class of that name. */
    private String name(Type type, Class<?> raw) {
        String simple = simple(raw);
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                Class<?> part = raw(argument);
                simple += "Of" + (part == null ? "Any" : simple(part));
            }
        }
        String name = simple;
        for (int i = 2; !names.computeIfAbsent(name, free -> type.getTypeName()).equals(type.getTypeName()); i++) {
            name = simple + i;
        }
        return name;
    }

    private static String simple(Class<?> raw) {
        return raw.getName().substring(raw.getName().lastIndexOf('.') + 1).replace("$", "");
    }

    private Map<String, Object> argument(Type type, int index) {
        return type instanceof ParameterizedType generic && generic.getActualTypeArguments().length > index
                ? of(generic.getActualTypeArguments()[index])
                : ANY;
    }

    /** The schema, or null. */
    private static Map<String, Object> nullable(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            var nullable = new LinkedHashMap<>(schema);
            nullable.put("type", List.of(type, "null"));
            return nullable;
        }
        return schema.isEmpty() ? ANY : Map.of("oneOf", List.of(schema, Map.of("type", "null")));
    }

    private static @Nullable Class<?> raw(Type type) {
        if (type instanceof Class<?> simple) {
            return simple;
        }
        return type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw ? raw : null;
    }
}
