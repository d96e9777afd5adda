package dev.odometer.documents;

import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Origin;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lines of invoices for the usage of November 2026, rated as the settlement rates them. */
public final class SampleLine {

    public static final Window NOVEMBER =
            new Window(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

    private static final AtomicInteger IDS = new AtomicInteger();

    private SampleLine() {}

    /** A line for all usage of the month. */
    public static InvoiceLine of(String name, @Nullable Pricing pricing, Currency currency, String quantity) {
        return of(name, pricing, rated(pricing, currency, UsageSplit.whole(new BigDecimal(quantity))), null);
    }

    /** A line for a part of the usage of the month. */
    public static InvoiceLine part(String name, Pricing pricing, Currency currency, UsageSplit usage) {
        return of(name, pricing, rated(pricing, currency, usage), null);
    }

    /** A line that settles the difference after the usage of a line has changed. */
    public static InvoiceLine correction(InvoiceLine billed, String quantity, String correctedId) {
        Pricing pricing = billed.item().pricing();
        RatedLine owed = rated(pricing, billed.rated().currency(), UsageSplit.whole(new BigDecimal(quantity)));
        return of(
                billed.wording().name() + ": correction of INV-1",
                pricing,
                Rating.remaining(owed, List.of(billed.rated())),
                correctedId);
    }

    public static RatedLine rated(@Nullable Pricing pricing, Currency currency, UsageSplit usage) {
        return pricing == null
                ? new RatedLine(usage, usage, currency, List.of())
                : Rating.rate(pricing, currency, usage);
    }

    public static InvoiceLine of(
            String name, @Nullable Pricing pricing, RatedLine rated, @Nullable String correctedId) {
        boolean isByUsage = pricing != null && pricing.price().isUsageBased();
        return new InvoiceLine(
                id("line"),
                new Wording(name, null, Map.of()),
                new Item(
                        NOVEMBER,
                        NOVEMBER.end(),
                        pricing,
                        pricing == null ? Discounts.NONE : pricing.discounts(),
                        isByUsage ? "api_calls" : null,
                        null),
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, () -> id("part")))
                        .toList(),
                null,
                new Origin(id("key"), 0, null, NOVEMBER, rated, null, correctedId, null));
    }

    private static String id(String prefix) {
        return prefix + "-" + IDS.incrementAndGet();
    }
}
