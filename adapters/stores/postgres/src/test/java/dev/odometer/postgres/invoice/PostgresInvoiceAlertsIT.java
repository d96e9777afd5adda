package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.InvoiceAlertsContract;
import dev.odometer.metering.invoice.InvoiceStores;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class PostgresInvoiceAlertsIT extends InvoiceAlertsContract {

    private @Nullable PostgresStore store;

    @Override
    protected InvoiceStores empty() {
        store = TestDatabase.emptyStore(AlertExamples.CLOCK, () -> signals.add("due"));
        return PostgresInvoiceStores.of(store);
    }

    @Override
    protected Notifications notifications() {
        return Objects.requireNonNull(store).notifications();
    }
}
