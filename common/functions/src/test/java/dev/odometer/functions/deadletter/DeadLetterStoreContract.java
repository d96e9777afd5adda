package dev.odometer.functions.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.deadletter.DeadLetterStore.Excerpt;
import dev.odometer.functions.deadletter.DeadLetterStore.Search;
import dev.odometer.functions.deadletter.DeadLetterStore.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link DeadLetterStore}; one subclass per store. */
public abstract class DeadLetterStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    private DeadLetterStore store = empty();

    protected abstract DeadLetterStore empty();

    @BeforeEach
    void startEmpty() {
        store = empty();
    }

    private static DeadLetter item(String channel, String origin, String id) {
        return item(channel, origin, id, "no subject");
    }

    private static DeadLetter item(String channel, String origin, String id, String reason) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return new DeadLetter(channel, origin, id, reason, null, Map.of(), body, NOW);
    }

    private List<String> ids(String channel, long after, int limit) {
        return store.list(channel, after, limit).stream()
                .map(kept -> kept.item().id())
                .toList();
    }

    @Test
    void returnsStoredItemsByteForByte() {
        byte[] body = {0, -1, 127, '{'};
        var item =
                new DeadLetter("usage", "queue", "1", "bad \0 \uD83D\uDE97", "text/xml", Map.of("id", "ü"), body, NOW);

        store.store(List.of(item));

        DeadLetter kept = store.list("usage", 0, 10).get(0).item();
        assertThat(kept).usingRecursiveComparison().ignoringFields("reason").isEqualTo(item);
        assertThat(kept.reason()).startsWith("bad ").endsWith(" \uD83D\uDE97");
    }

    @Test
    void keepsTheFirstVersionOfADuplicate() {
        store.store(List.of(item("usage", "queue", "1", "first"), item("usage", "queue", "1", "second")));

        store.store(List.of(item("usage", "queue", "1", "third")));

        assertThat(store.list("usage", 0, 10))
                .extracting(kept -> kept.item().reason())
                .containsExactly("first");
    }

    @Test
    void identifiesItemsByChannelOriginAndId() {
        store.store(List.of(item("usage", "queue", "1"), item("usage", "queue", "2"), item("usage", "topic", "1")));
        store.store(List.of(item("files", "queue", "1")));

        assertThat(ids("usage", 0, 10)).containsExactly("1", "2", "1");
        assertThat(ids("files", 0, 10)).containsExactly("1");
    }

    @Test
    void keepsMessagesWithTheSameIdAndDifferentContent() {
        var plain = new DeadLetter("usage", "topic", "0@1", "bad", null, Map.of(), new byte[] {'a'}, NOW);
        var other = new DeadLetter("usage", "topic", "0@1", "bad", null, Map.of(), new byte[] {'b'}, NOW);
        var typed = new DeadLetter("usage", "topic", "0@1", "bad", "text/xml", Map.of(), new byte[] {'a'}, NOW);
        var binary = new DeadLetter("usage", "topic", "0@1", "bad", null, Map.of("id", "1"), new byte[] {'a'}, NOW);

        store.store(List.of(plain, other, typed, binary));
        store.store(List.of(plain, other, typed, binary));

        assertThat(store.list("usage", 0, 10)).hasSize(4);
    }

    @Test
    void listsPageByPage() {
        store.store(List.of(item("usage", "q", "1"), item("other", "q", "2"), item("usage", "q", "3")));

        List<Stored> first = store.list("usage", 0, 1);

        assertThat(first.get(0).item().id()).isEqualTo("1");
        assertThat(ids("usage", first.get(0).position(), 10)).containsExactly("3");
    }

    private static Search search(@Nullable Long before, int limit) {
        return new Search(null, null, null, null, null, before, limit);
    }

    private List<String> latest(Search search) {
        return store.latest(search).stream().map(found -> found.item().id()).toList();
    }

    @Test
    void listsTheLatestFirstPageByPage() {
        store.store(List.of(item("usage", "q", "1"), item("files", "q", "2"), item("usage", "q", "3")));

        List<Excerpt> first = store.latest(search(null, 2));

        assertThat(first).extracting(found -> found.item().id()).containsExactly("3", "2");
        assertThat(latest(search(first.get(1).position(), 2))).containsExactly("1");
        assertThat(latest(search(0L, 2))).isEmpty();
    }

    @Test
    void filtersTheLatestByEachField() {
        store.store(List.of(
                item("usage", "q", "1", "no subject"),
                item("files", "q", "2", "no subject"),
                item("usage", "topic", "3", "no subject"),
                item("usage", "q", "4", "100% of it is_odd")));

        assertThat(latest(new Search("usage", "q", "sub", NOW, NOW.plusNanos(1000), null, 9)))
                .containsExactly("1");
        assertThat(latest(new Search(null, null, "% of it is_", null, null, null, 9)))
                .containsExactly("4");
        assertThat(latest(new Search(null, null, "No subject", null, null, null, 9)))
                .isEmpty();
        assertThat(latest(new Search(null, null, null, NOW.plusNanos(1000), null, null, 9)))
                .isEmpty();
        assertThat(latest(new Search(null, null, null, null, NOW, null, 9))).isEmpty();
        assertThat(latest(new Search("\0", "\0", "\0", null, null, null, 9))).isEmpty();
    }

    @Test
    void shortensTheBodiesOfTheLatest() {
        byte[] body = new byte[DeadLetterStore.MAX_EXCERPT + 1];
        store.store(List.of(new DeadLetter("usage", "q", "1", "bad", "text/xml", Map.of("id", "ü"), body, NOW)));

        Excerpt found = store.latest(search(null, 1)).get(0);

        assertThat(found.item().body()).hasSize(DeadLetterStore.MAX_EXCERPT);
        assertThat(found.bodySize()).isEqualTo(body.length);
        assertThat(found.item())
                .usingRecursiveComparison()
                .ignoringFields("body")
                .isEqualTo(store.list("usage", 0, 1).get(0).item());
    }

    @Test
    void removesItemsByPosition() {
        store.store(List.of(item("usage", "q", "1"), item("usage", "q", "2")));
        long position = store.list("usage", 0, 1).get(0).position();

        store.remove(List.of(position));
        store.remove(List.of(position, 999L));
        store.remove(List.of());

        assertThat(ids("usage", 0, 10)).containsExactly("2");
    }

    @Test
    void storesARemovedItemAgain() {
        store.store(List.of(item("usage", "q", "1")));
        store.remove(List.of(store.list("usage", 0, 1).get(0).position()));

        store.store(List.of(item("usage", "q", "1")));

        assertThat(ids("usage", 0, 10)).containsExactly("1");
    }

    @Test
    void removesOldItemsInBatches() {
        Instant later = NOW.plusSeconds(60);
        for (String id : List.of("1", "2", "3")) {
            store.store(List.of(item("usage", "q", id)));
        }
        store.store(List.of(new DeadLetter("usage", "q", "4", "bad", null, Map.of(), new byte[0], later)));

        assertThat(store.removeOlderThan(NOW, 10)).isZero();
        assertThat(store.removeOlderThan(later, 2)).isEqualTo(2);
        assertThat(store.removeOlderThan(later, 2)).isEqualTo(1);
        assertThat(store.removeOlderThan(later, 2)).isZero();
        assertThat(ids("usage", 0, 10)).containsExactly("4");
    }

    @Test
    void acceptsAnEmptyList() {
        store.store(List.of());

        assertThat(store.list("usage", 0, 10)).isEmpty();
    }
}
