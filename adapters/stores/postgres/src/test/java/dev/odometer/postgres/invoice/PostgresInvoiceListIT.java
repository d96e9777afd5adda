package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.InvoiceListContract;
import dev.odometer.metering.invoice.InvoiceStores;

class PostgresInvoiceListIT extends InvoiceListContract {

    @Override
    protected InvoiceStores empty() {
        return PostgresInvoiceStores.empty();
    }
}
