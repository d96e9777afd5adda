package dev.odometer.functions.binding;

import dev.odometer.functions.file.FileArrival;

/**
 * A row of the table that maps a channel to a function.
 *
 * @param channel the channel's logical name; a setting maps it to a topic, queue, bucket or subscription
 * @param function the function's name in the catalog
 * @param payload the kind of items in the channel
 * @param mode whether the function takes one item or a list of items per call
 * @param ordering the order that the function relies on
 * @param attempts the maximum number of attempts before an item is treated as poison, at least 1
 * @param deadLetterChannel the dead letter channel, for poison items and the reason
 * @param itemReports whether failures are reported to the platform per item, where the platform supports it; otherwise
 *     one item that needs a retry fails the whole batch
 */
public record Binding(
        String channel,
        String function,
        Payload payload,
        Mode mode,
        Ordering ordering,
        int attempts,
        String deadLetterChannel,
        boolean itemReports) {

    private static final int DEFAULT_ATTEMPTS = 5;

    /**
     * Starts a row for CloudEvents: one item per call, no ordering, five attempts, dead letters to
     * {@code <channel>.parked}, failures reported per item.
     */
    public static Binding events(String channel, String function) {
        return of(channel, function, Payload.EVENTS);
    }

    /** Starts a row for plain JSON messages, with the defaults of {@link #events}. */
    public static Binding json(String channel, String function) {
        return of(channel, function, Payload.JSON);
    }

    /** Starts a row for files, with the defaults of {@link #events}. */
    public static Binding files(String channel, String function) {
        return of(channel, function, Payload.FILES);
    }

    private static Binding of(String channel, String function, Payload payload) {
        return new Binding(
                channel, function, payload, Mode.ITEM, Ordering.NONE, DEFAULT_ATTEMPTS, channel + ".parked", true);
    }

    /** The function takes a list of items and is idempotent. */
    public Binding batch() {
        return new Binding(channel, function, payload, Mode.BATCH, ordering, attempts, deadLetterChannel, itemReports);
    }

    public Binding byKey() {
        return new Binding(channel, function, payload, mode, Ordering.BY_KEY, attempts, deadLetterChannel, itemReports);
    }

    public Binding byPartition() {
        return new Binding(
                channel, function, payload, mode, Ordering.BY_PARTITION, attempts, deadLetterChannel, itemReports);
    }

    /** @param most at least 1 */
    public Binding attempts(int most) {
        return new Binding(channel, function, payload, mode, ordering, most, deadLetterChannel, itemReports);
    }

    public Binding deadLetters(String to) {
        return new Binding(channel, function, payload, mode, ordering, attempts, to, itemReports);
    }

    /** One item that needs a retry fails the whole batch, even where the platform supports reports per item. */
    public Binding withoutItemReports() {
        return new Binding(channel, function, payload, mode, ordering, attempts, deadLetterChannel, false);
    }

    /** The kind of items in a channel. */
    public enum Payload {
        /** Messages that are CloudEvents. A message without the required attributes is poison. */
        EVENTS,
        /** Messages with any JSON as their body. Headers, also those of CloudEvents, are ignored. */
        JSON,
        /** Notifications of new files, as {@link FileArrival}s. */
        FILES;

        /** Whether both arrive in the same way: as messages, or as notifications of files. */
        public boolean arrivesLike(Payload other) {
            return (this == FILES) == (other == FILES);
        }
    }

    /** What a function takes per call. */
    public enum Mode {
        /** One item. */
        ITEM,
        /** A list of items. The function must be idempotent, since one failed item makes the others run again. */
        BATCH
    }

    /** The order that a function relies on. */
    public enum Ordering {
        NONE,
        BY_KEY,
        BY_PARTITION
    }
}
