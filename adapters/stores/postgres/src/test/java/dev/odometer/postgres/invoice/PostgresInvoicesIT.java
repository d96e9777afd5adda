package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.InvoiceStores;
import dev.odometer.metering.invoice.InvoicesContract;

class PostgresInvoicesIT extends InvoicesContract {

    @Override
    protected InvoiceStores empty() {
        return PostgresInvoiceStores.empty();
    }
}
