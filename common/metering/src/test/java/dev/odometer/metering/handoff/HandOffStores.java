package dev.odometer.metering.handoff;

import dev.odometer.metering.invoice.InvoiceStores;
import java.time.Clock;

/** The ports that hand-offs use, on one empty store. */
public record HandOffStores(InvoiceStores billing, HandOffs handOffs) {

    public static HandOffStores inMemory(Clock clock) {
        var billing = InvoiceStores.inMemory();
        return new HandOffStores(billing, new InMemoryHandOffs(billing.invoices(), clock));
    }
}
