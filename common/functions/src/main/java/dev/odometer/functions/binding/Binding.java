package dev.odometer.functions.binding;

import dev.odometer.functions.file.FileArrival;

/**
 * A row of the table that says which channel runs which function.
 *
 * @param channel the channel's logical name; a platform's setting maps it to a topic, queue, bucket or subscription
 * @param function the function's name in the catalog
 * @param payload what comes through the channel
 * @param mode what the function takes at a time
 * @param ordering the order that the function relies on
 * @param attempts how often an item is tried before it counts as poison, at least 1
 * @param parked the channel for items that can never be handled, with the reason
 * @param itemReports whether the platform is told which items to deliver again, where it can be told; otherwise one item
 *     that has to wait makes the whole batch fail
 */
public record Binding(
        String channel,
        String function,
        Payload payload,
        Mode mode,
        Ordering ordering,
        int attempts,
        String parked,
        boolean itemReports) {

    private static final int DEFAULT_ATTEMPTS = 5;

    /**
     * Starts a row for CloudEvents: one at a time, in any order, five attempts, dead letters to {@code <channel>.parked},
     * failures reported by item.
     */
    public static Binding events(String channel, String function) {
        return of(channel, function, Payload.EVENTS);
    }

    /** Starts a row for files, with the same defaults as {@link #events}. */
    public static Binding files(String channel, String function) {
        return of(channel, function, Payload.FILES);
    }

    private static Binding of(String channel, String function, Payload payload) {
        return new Binding(
                channel, function, payload, Mode.ITEM, Ordering.NONE, DEFAULT_ATTEMPTS, channel + ".parked", true);
    }

    /** The function takes a list of items and is harmless to repeat. */
    public Binding batch() {
        return new Binding(channel, function, payload, Mode.BATCH, ordering, attempts, parked, itemReports);
    }

    public Binding byKey() {
        return new Binding(channel, function, payload, mode, Ordering.BY_KEY, attempts, parked, itemReports);
    }

    public Binding byPartition() {
        return new Binding(channel, function, payload, mode, Ordering.BY_PARTITION, attempts, parked, itemReports);
    }

    /** @param most at least 1 */
    public Binding attempts(int most) {
        return new Binding(channel, function, payload, mode, ordering, most, parked, itemReports);
    }

    public Binding deadLetters(String to) {
        return new Binding(channel, function, payload, mode, ordering, attempts, to, itemReports);
    }

    /** One item that has to be retried makes the whole batch fail, even where the platform accepts reports by item. */
    public Binding withoutItemReports() {
        return new Binding(channel, function, payload, mode, ordering, attempts, parked, false);
    }

    /** What comes through a channel. */
    public enum Payload {
        /** CloudEvents. */
        EVENTS,
        /** Files that have arrived, as {@link FileArrival}s. */
        FILES
    }

    /** What a function takes at a time. */
    public enum Mode {
        /** One item. */
        ITEM,
        /** A list of items; the function must be harmless to repeat, since one bad item makes the rest run again. */
        BATCH
    }

    /** The order that a function relies on. */
    public enum Ordering {
        NONE,
        BY_KEY,
        BY_PARTITION
    }
}
