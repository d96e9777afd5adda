package dev.odometer.door.batch;

import dev.odometer.functions.binding.Binding;
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
 * Stores dead letters before their source acknowledges them. It stores them in small chunks and in order, so that those
 * that the deadline leaves no time for are redelivered. Without a store, every one of them is redelivered.
 */
public final class DeadLetterWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);
    private static final int CHUNK_SIZE = 10;
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final @Nullable DeadLetters store;
    private final Clock clock;
    private final List<DeadLetterObserver> observers;

    public DeadLetterWriter(@Nullable DeadLetters store, Clock clock) {
        this(store, clock, List.of());
    }

    private DeadLetterWriter(@Nullable DeadLetters store, Clock clock, List<DeadLetterObserver> observers) {
        this.store = store;
        this.clock = clock;
        this.observers = List.copyOf(observers);
    }

    /** The same writer with observers of what it stores. */
    public DeadLetterWriter observed(List<DeadLetterObserver> more) {
        return new DeadLetterWriter(store, clock, more);
    }

    /** The writer of a platform without a dead letter channel of its own. Logs a warning if poison messages have no store. */
    public static DeadLetterWriter of(@Nullable DeadLetters store, Clock clock, BatchDoor door) {
        List<String> channels =
                door.bindings().stream().map(Binding::channel).sorted().toList();
        if (store == null && !channels.isEmpty()) {
            LOG.warn("There is no store for dead letters: poison messages of {} are redelivered", channels);
        }
        return new DeadLetterWriter(store, clock);
    }

    /** If a chunk cannot be stored, its items and all later ones get the outcome RETRY. */
    void write(BatchResult<?> result, Deadline deadline) {
        List<DeliveredItem> poison = result.deadLetters();
        for (int from = 0; from < poison.size(); from += CHUNK_SIZE) {
            List<DeliveredItem> chunk = poison.subList(from, Math.min(poison.size(), from + CHUNK_SIZE));
            String failure = failure(result, chunk, deadline);
            if (failure != null) {
                log(result, poison.subList(0, from));
                result.postpone(poison.subList(from, poison.size()), failure);
                return;
            }
            observe(chunk);
        }
        log(result, poison);
    }

    private static void log(BatchResult<?> result, List<DeliveredItem> stored) {
        stored.stream()
                .collect(Collectors.groupingBy(
                        DeadLetterWriter::source,
                        Collectors.mapping(item -> result.outcome(item).reason(), Collectors.toList())))
                .forEach((source, reasons) -> LOG.warn(
                        "{}: {} items of {} became dead letters: {}",
                        source.channel(),
                        reasons.size(),
                        source.origin(),
                        LoggedReasons.of(reasons)));
    }

    private void observe(List<DeliveredItem> stored) {
        for (DeliveredItem item : stored) {
            observers.forEach(observer -> observer.stored(source(item).channel()));
        }
    }

    private @Nullable String failure(BatchResult<?> result, List<DeliveredItem> chunk, Deadline deadline) {
        if (store == null) {
            return "it is a poison message, and no store for dead letters is configured: "
                    + result.outcome(chunk.get(0)).reason();
        }
        if (!deadline.hasAtLeast(MARGIN)) {
            return "the deadline was reached before it was stored as a dead letter";
        }
        try {
            store.store(chunk.stream().map(item -> deadLetter(result, item)).toList());
            return null;
        } catch (RuntimeException failure) {
            // Any failure: the items must be redelivered and not lost.
            LOG.error("Storing {} items as dead letters failed", chunk.size(), failure);
            return "it is a poison message, and storing it as a dead letter failed";
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
