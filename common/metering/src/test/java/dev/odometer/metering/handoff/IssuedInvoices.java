package dev.odometer.metering.handoff;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Annulment;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes invoices of fees that are added by hand. */
public final class IssuedInvoices {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Invoices invoices;
    private int added;

    private IssuedInvoices(Invoices invoices) {
        this.invoices = invoices;
    }

    /** Of the customer acme, which is added to the store. */
    public static IssuedInvoices of(HandOffStores stores) {
        return of(stores, ACME);
    }

    public static IssuedInvoices of(HandOffStores stores, Customer customer) {
        stores.billing().subscribed().house().customers().add(customer);
        return new IssuedInvoices(stores.billing().invoices());
    }

    /** A draft with a fee for each amount. */
    public Invoice draft(String... amounts) {
        return draft(Currency.getInstance("USD"), amounts);
    }

    private Invoice draft(Currency currency, String... amounts) {
        invoices.add(
                ACME.id(),
                Stream.of(amounts).map(amount -> fee(currency, amount)).toList(),
                START);
        var horizon = CalendarDuration.parse("horizon", "P3M");
        return invoices.settle(List.of(ACME.id()), new Settlement.Request(START, START, false, Set.of(), horizon))
                .get(0);
    }

    private BillableItem fee(Currency currency, String amount) {
        String key = "fee-" + ++added;
        return new BillableItem(
                key,
                currency,
                new InvoiceLine.Wording("Fee " + added, null, Map.of()),
                new InvoiceLine.Item(
                        new Window(START, Instant.parse("2026-02-01T00:00:00Z")),
                        START,
                        Pricing.of(PlanExamples.flat(amount)),
                        Discounts.NONE,
                        null,
                        null),
                null,
                null);
    }

    public Invoice issue(Invoice draft) {
        return invoices.approve(draft.id(), START);
    }

    public Invoice issued(String... amounts) {
        return issue(draft(amounts));
    }

    public Invoice issued(Currency currency, String... amounts) {
        return issue(draft(currency, amounts));
    }

    /** Voids it; its items are not billed again. */
    public void annul(Invoice invoice) {
        invoices.annul(invoice.id(), new Annulment("a test", false), START);
    }
}
