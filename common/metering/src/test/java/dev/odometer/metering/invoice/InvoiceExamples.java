package dev.odometer.metering.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Sample items, profiles, requests and invoices. */
public final class InvoiceExamples {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    static final Customer BETA = Examples.customer("beta", "s2");
    private static final Currency USD = Currency.getInstance("USD");
    private static final CalendarDuration HORIZON = CalendarDuration.parse("horizon", "P3M");

    /** When {@link #draft} is made. */
    public static final Instant DRAFTED = Instant.parse("2026-03-02T12:00:00Z");

    private static final Pricing TENTH = Pricing.of(new Price.PerUnit(new BigDecimal("0.10")));

    private InvoiceExamples() {}

    /** All that is due at the time, with corrections of three months. */
    public static Settlement.Request request(Instant now) {
        return new Settlement.Request(now, now, false, Set.of(), HORIZON);
    }

    /** A fee that was added by hand, for January. */
    public static BillableItem item(String key, String amount, Instant invoiceAt) {
        return new BillableItem(
                key,
                USD,
                new Wording("Item " + key, null, Map.of("a", "b")),
                new Item(
                        new Window(START, FEBRUARY),
                        invoiceAt,
                        Pricing.of(PlanExamples.flat(amount)),
                        Discounts.NONE,
                        null,
                        null),
                null,
                null);
    }

    public static BillingProfile profile(String id, boolean isDefault, Workflow workflow) {
        return new BillingProfile(
                id,
                "Profile " + id,
                "Described",
                Map.of("a", "b"),
                isDefault,
                new Supplier("key", "Supplier", "DE1", null),
                workflow,
                new TaxRate(TaxRate.Category.STANDARD, new BigDecimal("19.5"), null),
                Lifecycle.created(START));
    }

    /** Drafts need approval, and their usage is collected a day after its period. */
    public static Workflow manual() {
        return new Workflow(
                new Workflow.Anchored(CalendarDuration.parse("interval", "P1M"), START),
                CalendarDuration.parse("interval", "P1D"),
                false,
                CalendarDuration.parse("draftPeriod", "P2D"),
                CalendarDuration.parse("dueAfter", "P14D"),
                true,
                BillableItem.EndProration.BILL_FULL_PERIOD,
                Workflow.CollectionMethod.SEND_INVOICE);
    }

    /** A draft over USD 10.00 for each line, whose usage is collected an hour later. */
    public static Invoice draft(String id, Customer customer, int lines) {
        BillingProfile profile = BillingProfile.initial(DRAFTED);
        return new Invoice(
                id,
                Invoice.Kind.STANDARD,
                null,
                USD,
                new Invoice.Parties(profile.supplier(), customer),
                new Invoice.Terms(profile.id(), profile.workflow(), profile.tax()),
                Invoice.Note.NONE,
                InvoiceTimes.created(DRAFTED, DRAFTED.plus(Duration.ofHours(1))),
                null,
                null,
                IntStream.range(0, lines).mapToObj(n -> line(id + "-" + n, "")).toList());
    }

    /** The draft with the description on each line. */
    public static Invoice described(Invoice draft, String description) {
        return draft.with(
                draft.lines().stream().map(line -> line(line.id(), description)).toList(), draft.times());
    }

    private static InvoiceLine line(String id, String description) {
        RatedLine rated = Rating.rate(TENTH, USD, UsageSplit.whole(BigDecimal.valueOf(100)));
        var period = new Window(DRAFTED.minus(Duration.ofDays(30)), DRAFTED);
        return new InvoiceLine(
                id,
                new Wording("Tokens", description, Map.of()),
                new Item(period, DRAFTED, TENTH, Discounts.NONE, null, null),
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, () -> id + "-charge"))
                        .toList(),
                null,
                null);
    }
}
