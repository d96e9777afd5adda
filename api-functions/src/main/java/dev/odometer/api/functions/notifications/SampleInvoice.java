package dev.odometer.api.functions.notifications;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.invoice.InvoiceTimes;
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
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A sample invoice over 100 units at USD 0.10. */
record SampleInvoice(Customer customer, Supplier<String> ids, Instant now) {

    private static final Currency USD = Currency.getInstance("USD");
    private static final Pricing PRICING = Pricing.of(new Price.PerUnit(new BigDecimal("0.10")));
    private static final UsageSplit USAGE = UsageSplit.whole(BigDecimal.valueOf(100));
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final Duration COLLECTION = Duration.ofHours(1);

    /** A draft that waits for late usage. */
    Invoice draft() {
        return draft(new InvoiceTimes(now, now, now.plus(COLLECTION), null, null, null, null, null));
    }

    Invoice issued() {
        return draft(new InvoiceTimes(now, now, now, now, null, null, null, null))
                .issued(1, now);
    }

    private Invoice draft(InvoiceTimes times) {
        BillingProfile profile = BillingProfile.initial(now);
        return new Invoice(
                ids.get(),
                Invoice.Kind.STANDARD,
                null,
                USD,
                new Invoice.Parties(profile.supplier(), customer),
                new Invoice.Terms(profile.id(), profile.workflow(), profile.tax()),
                Invoice.Note.NONE,
                times,
                null,
                null,
                List.of(line()));
    }

    private InvoiceLine line() {
        RatedLine rated = Rating.rate(PRICING, USD, USAGE);
        return new InvoiceLine(
                ids.get(),
                new Wording("Test", null, Map.of()),
                new Item(new Window(now.minus(PERIOD), now), now, PRICING, Discounts.NONE, null, null),
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, ids))
                        .toList(),
                null,
                null);
    }
}
