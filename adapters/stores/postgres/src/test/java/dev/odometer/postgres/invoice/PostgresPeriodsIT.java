package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.InvoicePeriodsContract;
import dev.odometer.metering.invoice.InvoiceStores;

class PostgresPeriodsIT extends InvoicePeriodsContract {

    @Override
    protected InvoiceStores empty() {
        return PostgresInvoiceStores.empty();
    }
}
