package dev.odometer.event.functions.handoff;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.handoff.HandOffStores;
import dev.odometer.metering.handoff.InvoiceCourier;
import dev.odometer.metering.handoff.IssuedInvoices;
import dev.odometer.metering.invoice.Invoice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Invoices of the customer acme, and a courier with planned outcomes. */
abstract class HandOffFixture {

    static final Instant START = Instant.parse("2026-02-01T00:00:00Z");
    static final ExternalIds IDS = new ExternalIds("in_1", Map.of("a", "ii_1"));

    /** A clock that the test sets. */
    static final class TestClock extends Clock {
        Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** A courier with planned outcomes; afterwards, everything succeeds. */
    static final class PlannedCourier implements InvoiceCourier {
        final List<Outcome> plan = new ArrayList<>();
        final List<OutboundInvoice> handedOver = new CopyOnWriteArrayList<>();
        final List<OutboundInvoice> withdrawn = new CopyOnWriteArrayList<>();

        private synchronized Outcome next() {
            return plan.isEmpty() ? Outcome.done(IDS) : plan.remove(0);
        }

        @Override
        public Outcome handOver(OutboundInvoice outbound) {
            handedOver.add(outbound);
            return next();
        }

        @Override
        public Outcome withdraw(OutboundInvoice outbound) {
            withdrawn.add(outbound);
            return next();
        }
    }

    final TestClock clock = new TestClock();
    final HandOffStores stores = HandOffStores.inMemory(clock);
    final IssuedInvoices issued = IssuedInvoices.of(stores);
    final PlannedCourier courier = new PlannedCourier();
    final List<Instant> wakes = new ArrayList<>();

    HandOverInvoices function(@Nullable InvoiceCourier one, @Nullable Instant issuedFrom, int workers) {
        WakeUp timer = new WakeUp() {
            @Override
            public void wake(String schedule) {}

            @Override
            public void wake(String schedule, Instant at) {
                wakes.add(at);
            }
        };
        var dispatcher = new HandOffDispatcher(
                new HandOffDispatcher.Stores(
                        stores.handOffs(),
                        stores.billing().invoices(),
                        stores.billing().subscribed().house().customers()),
                () -> Optional.ofNullable(one),
                new HandOffRetries(bound -> 0),
                clock);
        return new HandOverInvoices(
                stores.handOffs(), dispatcher, issuedFrom, new HandOverInvoices.Host(workers, () -> timer));
    }

    void tick(Deadline deadline) {
        tick(START, deadline);
    }

    void tick(Instant due, Deadline deadline) {
        function(courier, Instant.EPOCH, 1).accept(new Timed<>(new Tick("handOverInvoices", due), deadline));
    }

    void tick() {
        tick(Deadline.NONE);
    }

    HandOff handOff(Invoice invoice) {
        return Objects.requireNonNull(
                stores.handOffs().find(List.of(invoice.id())).get(invoice.id()));
    }

    static InvoiceCourier.Outcome outcome(InvoiceCourier.Result result, @Nullable Duration retryAfter) {
        return new InvoiceCourier.Outcome(result, "a reason", false, retryAfter, ExternalIds.NONE);
    }
}
