package dev.odometer.einvoice;

import dev.odometer.documents.SampleInvoice;
import dev.odometer.documents.SampleLine;
import dev.odometer.documents.SamplePrices;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.TaxRate.Category;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.UsageSplit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Invoices with all that prices, taxes and texts allow. */
final class RandomInvoices {

    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY", "HUF", "KWD");
    private static final List<String> TEXTS = List.of(
            "API calls",
            "<b>&amp;\"'",
            "名前 🚀 \u202eabc",
            "a\u0001b\u000bc\uFFFE",
            " ",
            "\t\n",
            "]]>",
            "x: y: usage in period");
    private static final List<String> AMOUNTS =
            List.of("0", "0.000123", "0.005", "0.333", "0.1", "1", "7.77", "49.99", "12.3456789", "1000");
    private static final List<String> QUANTITIES =
            List.of("0", "1", "2", "7", "9.5", "11", "100", "1234.567", "1000000", "0.000001", "-3", "-0.5");

    private final Random random;

    RandomInvoices(long seed) {
        random = new Random(seed);
    }

    SampleInvoice next() {
        Currency currency = Currency.getInstance(one(CURRENCIES));
        TaxRate tax = tax();
        var lines = new ArrayList<InvoiceLine>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            lines.add(line(currency));
        }
        return SampleInvoice.of(lines.toArray(InvoiceLine[]::new))
                .in(currency)
                .taxed(tax)
                .from(supplier())
                .to(SampleInvoice.customer(
                        random.nextBoolean() ? "Acme" : "Ünï & <Co>",
                        needsBuyer(tax) || random.nextBoolean() ? "EL123456789" : null,
                        address()))
                .with(workflow())
                .described(random.nextBoolean() ? one(TEXTS) : null);
    }

    private static boolean needsBuyer(TaxRate tax) {
        return tax.category() == Category.REVERSE_CHARGE || tax.category() == Category.INTRA_COMMUNITY;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private @Nullable String maybe(List<String> values) {
        return random.nextInt(3) == 0 ? one(values) : null;
    }

    private TaxRate tax() {
        Category category = one(List.of(Category.values()));
        return switch (category) {
            case STANDARD -> new TaxRate(category, new BigDecimal(one(List.of("19", "7.7", "0.5", "100"))), null);
            case ZERO_RATED -> new TaxRate(category, BigDecimal.ZERO, null);
            default -> new TaxRate(category, BigDecimal.ZERO, "Because of §1 & 2");
        };
    }

    private Supplier supplier() {
        boolean hasKey = random.nextBoolean();
        return new Supplier(hasKey ? "key" : null, "Odometer", "DE123456789", address());
    }

    private Address address() {
        return new Address(
                one(List.of("DE", "FR", "GR", "US", "JP")),
                maybe(TEXTS),
                maybe(TEXTS),
                maybe(TEXTS),
                maybe(TEXTS),
                maybe(TEXTS),
                maybe(TEXTS));
    }

    private Workflow workflow() {
        Workflow base = Workflow.DEFAULT;
        return new Workflow(
                base.anchored(),
                base.collectionInterval(),
                base.autoAdvance(),
                base.draftPeriod(),
                base.dueAfter(),
                base.progressiveBilling(),
                base.endProration(),
                one(List.of(Workflow.CollectionMethod.values())));
    }

    private InvoiceLine line(Currency currency) {
        Pricing pricing = random.nextInt(12) == 0 ? null : pricing();
        InvoiceLine whole = SampleLine.of(one(TEXTS), pricing, currency, one(QUANTITIES));
        if (pricing == null) {
            return whole;
        }
        return switch (random.nextInt(3)) {
            case 0 -> SampleLine.correction(whole, one(QUANTITIES), "invoice-" + random.nextInt(3));
            case 1 ->
                SampleLine.part(
                        one(TEXTS),
                        pricing,
                        currency,
                        new UsageSplit(
                                new BigDecimal(one(QUANTITIES)),
                                new BigDecimal(one(QUANTITIES)),
                                random.nextBoolean(),
                                random.nextBoolean()));
            default -> whole;
        };
    }

    private Pricing pricing() {
        Pricing plain = Pricing.of(price());
        boolean isByUsage = plain.price().isUsageBased();
        Pricing discounted = SamplePrices.discounted(
                plain, maybe(List.of("10", "12.5", "100", "33.333")), isByUsage ? maybe(List.of("1", "50")) : null);
        return isByUsage
                ? SamplePrices.committed(
                        discounted, maybe(List.of("0.01", "100", "3.333")), maybe(List.of("5.5", "120")))
                : discounted;
    }

    private Price price() {
        BigDecimal amount = new BigDecimal(one(AMOUNTS));
        var tiers = List.of(
                SamplePrices.tier("7", maybe(AMOUNTS), one(AMOUNTS)),
                SamplePrices.tier("100", one(AMOUNTS), maybe(AMOUNTS)),
                SamplePrices.tier(null, null, one(AMOUNTS)));
        return switch (random.nextInt(6)) {
            case 0 -> new Price.Flat(amount, PaymentTerm.IN_ARREARS);
            case 1 -> new Price.PerUnit(amount);
            case 2 -> new Price.Dynamic(amount);
            case 3 -> new Price.PerPackage(amount, BigDecimal.TEN);
            case 4 -> new Price.Graduated(tiers);
            default -> new Price.Volume(tiers);
        };
    }
}
