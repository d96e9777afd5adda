package dev.odometer.door.json;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** Refuses inputs without a member that is {@link Required}, in the input itself and in the records that it contains. */
public final class RequiredMembers {

    private static final Map<Class<?>, List<Member>> MEMBERS = new ConcurrentHashMap<>();

    private RequiredMembers() {}

    /** A component that is required, or that contains records. */
    private record Member(RecordComponent component, String name, boolean isRequired) {

        static Member of(RecordComponent component) {
            component.getAccessor().setAccessible(true);
            // A component that is named like a keyword of Java ends with an underscore.
            String name = component.getName().replaceFirst("_$", "");
            return new Member(component, name, component.isAnnotationPresent(Required.class));
        }

        @Nullable
        Object value(Object input) {
            try {
                return component.getAccessor().invoke(input);
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException(component + " cannot be read", impossible);
            }
        }
    }

    /** The check of inputs of a type, which does nothing where there is nothing to check. */
    public static Consumer<@Nullable Object> of(Type type) {
        return occurIn(type) ? input -> check(input, "") : input -> {};
    }

    /** Whether an input of the type may lack a required member; otherwise there is nothing to check. */
    static boolean occurIn(Type type) {
        return occurIn(type, new HashSet<>());
    }

    private static boolean occurIn(Type type, Set<Class<?>> seen) {
        return records(type)
                .filter(seen::add)
                .flatMap(input -> Arrays.stream(input.getRecordComponents()))
                .anyMatch(component ->
                        component.isAnnotationPresent(Required.class) || occurIn(component.getGenericType(), seen));
    }

    /** The records of a type: itself, or an argument of a list, a map, an optional or a generic record. */
    private static Stream<Class<?>> records(Type type) {
        if (type instanceof JavaType bound) {
            return Stream.concat(
                    records(bound.getRawClass()),
                    bound.getBindings().getTypeParameters().stream().flatMap(RequiredMembers::records));
        }
        if (type instanceof Class<?> simple) {
            return simple.isRecord() ? Stream.of(simple) : Stream.empty();
        }
        return type instanceof ParameterizedType generic
                ? Stream.concat(Stream.of(generic.getRawType()), Arrays.stream(generic.getActualTypeArguments()))
                        .flatMap(RequiredMembers::records)
                : Stream.empty();
    }

    /** @throws Refusal naming the first member that is missing */
    static void check(Object input) {
        check(input, "");
    }

    private static void check(@Nullable Object value, String place) {
        if (value instanceof Record input) {
            for (Member member : MEMBERS.computeIfAbsent(input.getClass(), RequiredMembers::members)) {
                checkMember(member, member.value(input), place.isEmpty() ? "" : place + ".");
            }
        } else if (value instanceof Collection<?> items) {
            int i = 0;
            for (Object item : items) {
                check(item, place + "[" + i++ + "]");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) ->
                    check(item, place + (place.isEmpty() ? "" : ".") + Refusal.quote(String.valueOf(key))));
        } else if (value instanceof Optional<?> optional) {
            check(optional.orElse(null), place);
        }
    }

    private static void checkMember(Member member, @Nullable Object value, String prefix) {
        if (value == null && member.isRequired()) {
            throw Refusal.invalid(prefix + member.name() + " is required");
        }
        check(value, prefix + member.name());
    }

    private static List<Member> members(Class<?> raw) {
        return Arrays.stream(raw.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Required.class)
                        || component.getGenericType() instanceof TypeVariable
                        || records(component.getGenericType()).findAny().isPresent())
                .map(Member::of)
                .toList();
    }
}
