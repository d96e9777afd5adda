package dev.odometer.api.functions.deadletters;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.DeadLetterStore.Excerpt;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists the dead letters in the database with their reasons and cursor pagination, the one stored last first. */
public final class ListDeadLetters implements Function<ListDeadLetters.Input, ListDeadLetters.Page> {

    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,18}");

    private final @Nullable DeadLetterStore store;

    /** @param store null where dead letters are not stored in a database; the function then refuses with a conflict */
    public ListDeadLetters(@Nullable DeadLetterStore store) {
        this.store = store;
    }

    /**
     * The filters, all of which must match, and the position.
     *
     * @param channel such as {@code usage} or {@code files}
     * @param origin matches the whole origin
     * @param reason matches a part of the reason, case-sensitive
     * @param from the earliest time of storing
     * @param to the end of the times of storing, exclusive
     * @param cursor {@code nextCursor} of the previous page
     * @param limit 1 to 100; 100 when absent
     */
    public record Input(
            @Nullable String channel,
            @Nullable String origin,
            @Nullable String reason,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String cursor,
            @Nullable Integer limit) {}

    /**
     * A page.
     *
     * @param nextCursor present when the page is full, because more dead letters may follow
     */
    public record Page(List<View> items, @Nullable String nextCursor) {}

    /**
     * A dead letter.
     *
     * @param origin the queue, stream, topic or bucket that it came from
     * @param messageId its id at the origin
     * @param reason why it cannot be processed
     * @param contentType of the body; absent for JSON
     * @param attributes the CloudEvents attributes of binary mode; empty for other messages
     * @param body the first 4,096 bytes of the body as UTF-8; other bytes are replaced by U+FFFD
     * @param bodySize of the whole body, in bytes
     */
    public record View(
            String id,
            String channel,
            String origin,
            String messageId,
            String reason,
            @Nullable String contentType,
            Map<String, String> attributes,
            String body,
            int bodySize,
            Instant storedAt) {

        private static View of(Excerpt excerpt) {
            DeadLetter item = excerpt.item();
            return new View(
                    String.valueOf(excerpt.position()),
                    item.channel(),
                    item.origin(),
                    item.id(),
                    item.reason(),
                    item.contentType(),
                    item.attributes(),
                    new String(item.body(), StandardCharsets.UTF_8),
                    excerpt.bodySize(),
                    item.storedAt());
        }
    }

    @Override
    public Page apply(Input input) {
        int limit = Bounds.limit(input.limit);
        var search = new DeadLetterStore.Search(
                Bounds.text("channel", input.channel),
                Bounds.text("origin", input.origin),
                Bounds.text("reason", input.reason),
                input.from == null ? null : Timestamp.checked("from", input.from),
                input.to == null ? null : Timestamp.checked("to", input.to),
                input.cursor == null ? null : position(input.cursor),
                limit);
        if (search.from() != null && search.to() != null && search.to().isBefore(search.from())) {
            throw Refusal.invalid("to date is before from date: " + search.to() + " < " + search.from());
        }
        if (store == null) {
            throw Refusal.conflict("dead letters are not stored in a database");
        }
        List<Excerpt> found = store.latest(search);
        String next = found.size() < limit
                ? null
                : String.valueOf(found.get(limit - 1).position());
        return new Page(found.stream().map(View::of).toList(), next);
    }

    private static long position(String cursor) {
        if (!CURSOR.matcher(cursor).matches()) {
            throw Refusal.invalid("invalid cursor: " + Refusal.quote(cursor));
        }
        return Long.parseLong(cursor);
    }
}
