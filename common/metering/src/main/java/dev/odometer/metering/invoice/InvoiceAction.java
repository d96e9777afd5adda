package dev.odometer.metering.invoice;

/** What a client can do with an invoice. Which actions are available depends on its status. */
public enum InvoiceAction {
    /** Does now what the next run of a schedule would do. */
    ADVANCE("advance"),
    APPROVE("approve"),
    DELETE("delete"),
    /** Repeats the hand-off to a payment provider. Nothing else can fail in part, so it does not depend on the status. */
    RETRY("retry"),
    SNAPSHOT_QUANTITIES("snapshotQuantities"),
    VOID("void");

    private final String wireName;

    InvoiceAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the API. */
    public String wireName() {
        return wireName;
    }
}
