package dev.odometer.metering.invoice;

/**
 * An invoice that a transaction created or changed.
 *
 * @param invoice as the transaction stored it
 */
public record InvoiceChange(Kind kind, Invoice invoice) {

    /** Whether the invoice existed before. */
    public enum Kind {
        CREATED,
        UPDATED
    }

    public static InvoiceChange created(Invoice invoice) {
        return new InvoiceChange(Kind.CREATED, invoice);
    }

    public static InvoiceChange updated(Invoice invoice) {
        return new InvoiceChange(Kind.UPDATED, invoice);
    }
}
