package dev.odometer.stripe;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.HandOff.Task;
import dev.odometer.metering.handoff.HandOffStores;
import dev.odometer.metering.handoff.HandOffs.Due;
import dev.odometer.metering.handoff.HandOffs.Next;
import dev.odometer.metering.handoff.InvoiceCourier.OutboundInvoice;
import dev.odometer.metering.handoff.InvoiceCourier.Outcome;
import dev.odometer.metering.handoff.InvoiceCourier.Progress;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import dev.odometer.metering.handoff.IssuedInvoices;
import dev.odometer.metering.invoice.Invoice;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store with the customer acme, an account at Stripe, and workers that hand invoices over. */
final class HandOffFixture implements AutoCloseable {

    static final Duration LEASE = Duration.ofMinutes(5);
    /** Long enough for the answers on a busy machine; only one that is late on purpose takes as long. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    final FakeStripe stripe;
    final HandOffStores stores = HandOffStores.inMemory(Clock.systemUTC());
    final IssuedInvoices issued;
    /** The time of the store and of Stripe. */
    Instant now = Instant.parse("2026-02-01T00:00:00Z");

    private Duration answerTimeout = LIMIT;
    private @Nullable String mapping = "cus_acme";
    private BooleanSupplier hasTime = () -> true;

    HandOffFixture() {
        this(ACME);
    }

    HandOffFixture(Customer customer) {
        try {
            stripe = new FakeStripe();
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
        issued = IssuedInvoices.of(stores, customer);
    }

    void map(@Nullable String stripeCustomer) {
        mapping = stripeCustomer;
    }

    void answerTimeout(Duration timeout) {
        answerTimeout = timeout;
    }

    void limit(BooleanSupplier time) {
        hasTime = time;
    }

    @Override
    public void close() {
        stripe.close();
    }

    Transport http() {
        return new HttpTransport(new StripeSettings(FakeStripe.KEY, stripe.url()), answerTimeout);
    }

    private Customer customer() {
        return new Customer(
                ACME.id(),
                ACME.key(),
                ACME.name(),
                null,
                ACME.subjectKeys(),
                null,
                null,
                null,
                null,
                null,
                mapping == null ? Map.of() : Map.of("stripeCustomerId", mapping),
                ACME.lifecycle());
    }

    void pass(Duration time) {
        now = now.plus(time);
        stripe.setNow(now);
        stripe.account.advance();
    }

    /** A process that makes what is due, one attempt for each. */
    void work(Transport transport) {
        work(transport, next -> next);
    }

    /** @param store what the process stores; it may crash instead */
    void work(Transport transport, UnaryOperator<Next> store) {
        stripe.setNow(now);
        var courier = new StripeCourier(time -> new StripeCalls(transport, time, Duration.ofMillis(1)));
        stores.handOffs().register(Instant.EPOCH, now);
        for (Due due : stores.handOffs().take(now, LEASE, 100)) {
            OutboundInvoice outbound = outbound(due);
            Outcome outcome =
                    due.handOff().task() == Task.WITHDRAW ? courier.withdraw(outbound) : courier.handOver(outbound);
            stores.handOffs().settle(due, store.apply(next(outcome)));
        }
    }

    void work() {
        work(http());
    }

    private OutboundInvoice outbound(Due due) {
        Invoice invoice =
                stores.billing().invoices().find(due.handOff().invoiceId()).orElseThrow();
        var progress = new Progress(due.handOff().externalIds(), due.takes() == 1, due.keys(), due.since());
        return new OutboundInvoice(
                invoice, customer(), progress, hasTime, id -> stores.handOffs().created(due, id));
    }

    private Next next(Outcome outcome) {
        Result result = outcome.result();
        State state = switch (result) {
            case DONE -> State.DONE;
            case GIVE_UP -> State.FAILED;
            case WAIT -> State.WAITING;
            default -> State.PENDING;
        };
        boolean isOver = result == Result.DONE || result == Result.GIVE_UP;
        boolean isFailure = result == Result.RETRY || result == Result.GIVE_UP;
        Instant at = isOver ? null : result == Result.CONTINUE ? now : now.plusSeconds(60);
        return new Next(state, at, outcome.reason(), isFailure, outcome.needsNewKeys(), outcome.externalIds());
    }

    /** One attempt for an invoice that is not in the store. */
    Outcome handOver(Invoice invoice) {
        var courier = new StripeCourier(time -> new StripeCalls(http(), time, Duration.ofMillis(1)));
        var progress = new Progress(HandOff.ExternalIds.NONE, true, 0, now);
        return courier.handOver(new OutboundInvoice(invoice, customer(), progress, hasTime, id -> {}));
    }

    HandOff handOff(Invoice invoice) {
        return Objects.requireNonNull(
                stores.handOffs().find(List.of(invoice.id())).get(invoice.id()));
    }

    List<StripeInvoice> invoices() {
        return List.copyOf(stripe.account.invoices.values());
    }

    /** The only one. */
    StripeInvoice invoice() {
        if (invoices().size() != 1) {
            throw new AssertionError("expected one invoice: " + stripe.account.invoices.keySet());
        }
        return invoices().get(0);
    }

    List<Long> amounts(StripeInvoice invoice) {
        return stripe.account.itemsOf(invoice.id).stream()
                .map(StripeItem::amount)
                .toList();
    }

    /** The parameters of the requests that create something at the path. */
    List<Map<String, String>> posted(String path) {
        return stripe.received.stream()
                .filter(one -> one.method().equals("POST") && one.path().equals(path))
                .map(FakeStripe.Request::parameters)
                .toList();
    }

    List<String> requests() {
        return stripe.received.stream()
                .map(one -> one.method() + " " + one.path())
                .toList();
    }
}
