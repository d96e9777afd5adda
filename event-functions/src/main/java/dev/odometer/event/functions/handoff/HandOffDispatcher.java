package dev.odometer.event.functions.handoff;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.Task;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.handoff.HandOffs.Due;
import dev.odometer.metering.handoff.HandOffs.Next;
import dev.odometer.metering.handoff.InvoiceCourier;
import dev.odometer.metering.handoff.InvoiceCourier.OutboundInvoice;
import dev.odometer.metering.handoff.InvoiceCourier.Outcome;
import dev.odometer.metering.handoff.InvoiceCourier.Progress;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoices;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Makes an attempt with the courier of the payment provider. Safe for concurrent use.
 *
 * @param courier empty in a process without an adapter for a provider
 */
record HandOffDispatcher(
        Stores stores, Supplier<Optional<InvoiceCourier>> courier, HandOffRetries retries, Clock clock) {

    /** The stores that an attempt reads and writes. */
    record Stores(HandOffs handOffs, Invoices invoices, Customers customers) {}

    HandOffDispatcher withClock(Clock other) {
        return new HandOffDispatcher(stores, courier, retries, other);
    }

    /** Never throws for a failure of the courier: it becomes the result of the attempt. */
    Next attempt(Due due, BooleanSupplier hasTime) {
        HandOff handOff = due.handOff();
        Optional<InvoiceCourier> available = courier.get();
        if (available.isEmpty()) {
            return next(due, Outcome.waiting("no payment provider is set up"));
        }
        OutboundInvoice outbound = outbound(due, hasTime);
        Outcome outcome;
        try {
            outcome = handOff.task() == Task.WITHDRAW
                    ? available.get().withdraw(outbound)
                    : available.get().handOver(outbound);
        } catch (RuntimeException unexpected) {
            String reason = "unexpected failure: " + unexpected.getClass().getSimpleName();
            outcome = new Outcome(Result.RETRY, reason, false, null, null);
        }
        return next(due, outcome);
    }

    private Next next(Due due, Outcome outcome) {
        return retries.after(due.handOff().attempts() + 1, outcome, clock.instant());
    }

    private OutboundInvoice outbound(Due due, BooleanSupplier hasTime) {
        HandOff handOff = due.handOff();
        Invoice invoice = stores.invoices
                .find(handOff.invoiceId())
                .orElseThrow(() -> new IllegalStateException("invoice not found: " + handOff.invoiceId()));
        Customer billed = invoice.parties().customer();
        Customer current = stores.customers.find(billed.id()).orElse(billed);
        var progress = new Progress(handOff.externalIds(), due.takes() == 1, due.keys(), due.since());
        return new OutboundInvoice(invoice, current, progress, hasTime, id -> stores.handOffs.created(due, id));
    }
}
