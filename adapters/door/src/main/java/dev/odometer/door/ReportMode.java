package dev.odometer.door;

/** What a source delivers again after a batch that is not complete, and so what it has to be told. */
public enum ReportMode {
    /** Exactly the messages that are reported. */
    FAILED_ITEMS,
    /** Each group from its first reported message on; messages without a group as for {@link #FAILED_ITEMS}. */
    FIRST_FAILURE,
    /** The whole batch, when the invocation fails. None of its items becomes a dead letter in a failed invocation. */
    ALL_OR_NOTHING
}
