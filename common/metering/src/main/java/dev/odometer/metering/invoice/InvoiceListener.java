package dev.odometer.metering.invoice;

import java.util.List;

/** Is called for the invoices that a store creates or changes. What waits for an invoice is none. */
public interface InvoiceListener {

    /** Ignores all changes. */
    InvoiceListener NONE = new InvoiceListener() {
        @Override
        public int changed(List<InvoiceChange> changes) {
            return 0;
        }

        @Override
        public void committed(int raised) {}
    };

    /**
     * Called in the transaction that stores the invoices, so that a notification exists exactly if the change does.
     *
     * @param changes at most one for each invoice
     * @return the number of notifications raised
     */
    int changed(List<InvoiceChange> changes);

    /** Called once after the commit, with the number that {@link #changed} returned. */
    void committed(int raised);
}
