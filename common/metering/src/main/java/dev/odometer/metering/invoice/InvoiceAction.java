package dev.odometer.metering.invoice;

/** An action of a client on an invoice. The status of the invoice determines which actions are available. */
public enum InvoiceAction {
    /** Does now what the next run of a schedule would do. */
    ADVANCE("advance"),
    APPROVE("approve"),
    DELETE("delete"),
    /** Repeats the hand-off to a payment provider. Depends on the state of the hand-off, not on the status. */
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
