package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.DiscardsContract;
import dev.odometer.metering.invoice.InvoiceStores;

class PostgresDiscardsIT extends DiscardsContract {

    @Override
    protected InvoiceStores empty() {
        return PostgresInvoiceStores.empty();
    }
}
