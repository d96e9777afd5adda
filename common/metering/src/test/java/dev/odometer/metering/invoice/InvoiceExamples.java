package dev.odometer.metering.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Set;

/** Sample items, profiles and requests. */
public final class InvoiceExamples {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    static final Customer BETA = Examples.customer("beta", "s2");
    private static final Currency USD = Currency.getInstance("USD");
    private static final CalendarDuration HORIZON = CalendarDuration.parse("horizon", "P3M");

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
}
