package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.GatheringContract;
import dev.odometer.metering.invoice.InvoiceStores;

class PostgresGatheringIT extends GatheringContract {

    @Override
    protected InvoiceStores empty() {
        return PostgresInvoiceStores.empty();
    }
}
