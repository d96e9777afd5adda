package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.Invoice;
import java.util.List;

/**
 * A listener that is called in the transaction that stores invoices. The transaction rolls back if the listener throws.
 */
public interface InvoiceListener {

    InvoiceListener NONE = (created, updated) -> {};

    /** Either list may be empty. An invoice is in one of them only. */
    void stored(List<Invoice> created, List<Invoice> updated);
}
