package dev.odometer.api.functions.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.deadletters.ListDeadLetters.Input;
import dev.odometer.api.functions.deadletters.ListDeadLetters.Page;
import dev.odometer.api.functions.deadletters.ListDeadLetters.View;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListDeadLettersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore();
    private final ListDeadLetters list = new ListDeadLetters(store);

    private void store(String id, byte... body) {
        store.store(List.of(
                new DeadLetter("usage", "queue", id, "no subject", "text/xml", Map.of("type", "prompt"), body, NOW)));
    }

    private static Input input(@Nullable String cursor, @Nullable Integer limit) {
        return new Input(null, null, null, null, null, cursor, limit);
    }

    @Test
    void showsADeadLetterWithItsReason() {
        store("m-1", (byte) '{', (byte) -1);

        Page page = list.apply(new Input("usage", "queue", "subject", NOW, NOW.plusSeconds(1), null, null));

        assertThat(page.items())
                .containsExactly(new View(
                        "1",
                        "usage",
                        "queue",
                        "m-1",
                        "no subject",
                        "text/xml",
                        Map.of("type", "prompt"),
                        "{\uFFFD",
                        2,
                        NOW));
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void continuesAfterAFullPage() {
        store("m-1");
        store("m-2");

        Page first = list.apply(input(null, 1));
        Page second = list.apply(input(first.nextCursor(), 1));
        Page third = list.apply(input(second.nextCursor(), 1));

        assertThat(first.items()).extracting(View::messageId).containsExactly("m-2");
        assertThat(second.items()).extracting(View::messageId).containsExactly("m-1");
        assertThat(third).isEqualTo(new Page(List.of(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "1234567890123456789"})
    void refusesACursorThatIsNoPosition(String cursor) {
        assertThatThrownBy(() -> list.apply(input(cursor, null)))
                .isInstanceOf(Refusal.class)
                .hasMessage("invalid cursor: " + Refusal.quote(cursor));
    }

    @Test
    void refusesARangeThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> list.apply(new Input(null, null, null, NOW, NOW.minusSeconds(1), null, null)))
                .hasMessage("to date is before from date: 2026-03-01T11:59:59Z < 2026-03-01T12:00:00Z");
    }

    @Test
    void refusesWithoutADatabase() {
        assertThatThrownBy(() -> new ListDeadLetters(null).apply(input(null, null)))
                .hasMessage("dead letters are not stored in a database");
    }
}
