package dev.odometer.metering.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.stream.IntStream;

/** Sample invoices over USD 10.00 for each line. */
public final class InvoiceExamples {

    public static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private static final Currency USD = Currency.getInstance("USD");
    private static final Pricing PRICING = Pricing.of(new Price.PerUnit(new BigDecimal("0.10")));

    private InvoiceExamples() {}

    /** A draft whose usage is collected an hour later. */
    public static Invoice draft(String id, Customer customer, int lines) {
        BillingProfile profile = BillingProfile.initial(NOW);
        return new Invoice(
                id,
                Invoice.Kind.STANDARD,
                null,
                USD,
                new Invoice.Parties(profile.supplier(), customer),
                new Invoice.Terms(profile.id(), profile.workflow(), profile.tax()),
                Invoice.Note.NONE,
                InvoiceTimes.created(NOW, NOW.plus(Duration.ofHours(1))),
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
        RatedLine rated = Rating.rate(PRICING, USD, UsageSplit.whole(BigDecimal.valueOf(100)));
        var period = new Window(NOW.minus(Duration.ofDays(30)), NOW);
        return new InvoiceLine(
                id,
                new Wording("Tokens", description, Map.of()),
                new Item(period, NOW, PRICING, Discounts.NONE, null, null),
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, () -> id + "-charge"))
                        .toList(),
                null,
                null);
    }
}
