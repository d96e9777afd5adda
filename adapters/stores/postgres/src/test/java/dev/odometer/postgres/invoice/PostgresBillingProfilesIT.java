package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.BillingProfilesContract;
import dev.odometer.metering.invoice.InvoiceStores;

class PostgresBillingProfilesIT extends BillingProfilesContract {

    @Override
    protected InvoiceStores empty() {
        return PostgresInvoiceStores.empty();
    }
}
