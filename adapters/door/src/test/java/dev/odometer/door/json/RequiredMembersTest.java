package dev.odometer.door.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.route.Required;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequiredMembersTest {

    record Part(@Required @Nullable String name, @Nullable Part inner) {}

    @SuppressWarnings("NullableOptional") // null is absent, empty is a JSON null
    record Order(
            @Required @Nullable Optional<String> note,
            @Nullable List<Part> parts,
            @Nullable Map<String, Part> named,
            @Required @Nullable Part default_) {}

    record Event<T>(@Nullable T data) {}

    record Parts(@Nullable Event<Part> event) {}

    record Free(@Nullable String name, @Nullable List<Free> others) {}

    private static final Part BOLT = new Part("bolt", null);
    private static final Part NAMELESS = new Part(null, null);

    private static final Consumer<@Nullable Object> CHECK = RequiredMembers.of(Order.class);

    private static Order order(List<Part> parts, Map<String, Part> named) {
        return new Order(Optional.empty(), parts, named, BOLT);
    }

    private static void assertRefused(Object input, String sentence) {
        assertThatThrownBy(() -> CHECK.accept(input)).hasMessage(sentence);
    }

    @Test
    void acceptsAnInputWithAllRequiredMembers() {
        assertThatCode(() -> CHECK.accept(order(List.of(BOLT), Map.of("a", BOLT))))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheMissingMember() {
        assertRefused(NAMELESS, "name is required");
        assertRefused(new Order(null, null, null, BOLT), "note is required");
        assertRefused(new Order(Optional.empty(), null, null, null), "default is required");
    }

    @Test
    void namesThePlaceOfTheMissingMember() {
        assertRefused(new Part("bolt", NAMELESS), "inner.name is required");
        assertRefused(order(List.of(BOLT, NAMELESS), Map.of()), "parts[1].name is required");
        assertRefused(order(List.of(), Map.of("a", NAMELESS)), "named.a.name is required");
        assertRefused(List.of(BOLT, NAMELESS), "[1].name is required");
        assertRefused(new Parts(new Event<>(NAMELESS)), "event.data.name is required");
    }

    @Test
    void knowsTypesWithoutRequiredMembers() {
        assertThat(RequiredMembers.occurIn(Free.class)).isFalse();
        assertThat(RequiredMembers.occurIn(String.class)).isFalse();
        assertThat(RequiredMembers.occurIn(Order.class)).isTrue();
        assertThat(RequiredMembers.occurIn(Parts.class)).isTrue();
    }
}
