package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.InvoiceStatesContract;
import dev.odometer.metering.invoice.InvoiceStores;

class PostgresInvoiceStatesIT extends InvoiceStatesContract {

    @Override
    protected InvoiceStores empty() {
        return PostgresInvoiceStores.empty();
    }
}
