package dev.odometer.door;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores dead letters before their source acknowledges them: a few at a time and in order, so that those there is no time
 * for wait for the next delivery. Without a store every one of them is delivered again.
 */
public final class DeadLetterWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);
    private static final int MAX_TOGETHER = 10;
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final @Nullable DeadLetters store;
    private final Clock clock;

    public DeadLetterWriter(@Nullable DeadLetters store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Items that cannot be stored have to wait, and so do those after them. */
    void write(BatchResult<?> result, Deadline deadline) {
        List<DeliveredItem> poison = result.deadLetters();
        for (int from = 0; from < poison.size(); from += MAX_TOGETHER) {
            List<DeliveredItem> some = poison.subList(from, Math.min(poison.size(), from + MAX_TOGETHER));
            String failure = failure(result, some, deadline);
            if (failure != null) {
                result.postpone(poison.subList(from, poison.size()), failure);
                return;
            }
        }
        poison.stream()
                .map(DeadLetterWriter::source)
                .collect(Collectors.groupingBy(source -> source, Collectors.counting()))
                .forEach((source, count) ->
                        LOG.warn("{}: {} items of {} are dead letters", source.channel(), count, source.origin()));
    }

    private @Nullable String failure(BatchResult<?> result, List<DeliveredItem> some, Deadline deadline) {
        if (store == null) {
            return "it can never be handled, and there is no store for dead letters: "
                    + result.outcome(some.get(0)).reason();
        }
        if (!deadline.leaves(MARGIN)) {
            return "there was no time left to store it as a dead letter";
        }
        try {
            store.park(some.stream().map(item -> deadLetter(result, item)).toList());
            return null;
        } catch (RuntimeException failure) {
            // Whatever it is, the items are not given up for it.
            LOG.error("{} items could not be stored as dead letters", some.size(), failure);
            return "it can never be handled, and it could not be stored as a dead letter";
        }
    }

    private static DeliverySource source(DeliveredItem item) {
        return Objects.requireNonNull(item.source());
    }

    private DeadLetter deadLetter(BatchResult<?> result, DeliveredItem delivered) {
        DeliverySource source = source(delivered);
        Item item = delivered.item();
        return new DeadLetter(
                source.channel(),
                source.origin(),
                item.id(),
                result.outcome(delivered).reason(),
                item.contentType(),
                item.attributes(),
                item.body(),
                clock.instant());
    }
}
