package dev.odometer.door.batch;

/** What a source redelivers after an incomplete batch, which determines what is reported to it. */
public enum ReportMode {
    /** Exactly the reported messages. */
    FAILED_ITEMS,
    /** Each group from its first reported message on; messages without a group as in {@link #FAILED_ITEMS}. */
    FIRST_FAILURE,
    /** The whole batch, when the invocation fails. A failed invocation stores no dead letters. */
    ALL_OR_NOTHING
}
