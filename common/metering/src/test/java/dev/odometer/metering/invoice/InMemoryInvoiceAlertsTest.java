package dev.odometer.metering.invoice;

import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.ExamplePayloads;
import dev.odometer.metering.notification.InMemoryInvoiceAlerts;
import dev.odometer.metering.notification.InMemoryNotifications;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;

class InMemoryInvoiceAlertsTest extends InvoiceAlertsContract {

    private final InMemoryNotifications notifications = new InMemoryNotifications(() -> signals.add("due"));

    @Override
    protected InvoiceStores empty() {
        InvoiceStores stores = InvoiceStores.inMemory();
        ((InMemoryInvoices) stores.invoices())
                .onChange(new InMemoryInvoiceAlerts(
                        notifications, new Ulid(Clock.systemUTC()), AlertExamples.CLOCK, ExamplePayloads::new));
        return stores;
    }

    @Override
    protected Notifications notifications() {
        return notifications;
    }
}
