package dev.odometer.views;

import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.UsageSplit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice in API responses; quantities and amounts are strings of decimals.
 *
 * @param price the same as in the rate card; absent if the line is free
 * @param quantity the units that are charged; 1 for a fee
 * @param meteredQuantity the units before the usage discount; absent if it takes nothing off
 * @param preLinePeriodQuantity the charged units of earlier lines for the same period; absent if 0
 * @param subscription the item that it bills; absent for a line that was added by hand
 * @param children the charges
 */
public record InvoiceLineView(
        String id,
        String type,
        String managedBy,
        String status,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        String currency,
        PeriodView period,
        Instant invoiceAt,
        @Nullable String featureKey,
        RateCardView.@Nullable Tax taxConfig,
        @Nullable PriceView price,
        Card rateCard,
        String quantity,
        @Nullable String meteredQuantity,
        @Nullable String preLinePeriodQuantity,
        @Nullable String meteredPreLinePeriodQuantity,
        @Nullable LineDiscounts discounts,
        TotalsView totals,
        @Nullable SubscriptionReference subscription,
        List<DetailedLineView> children) {

    /** The item of a subscription that a line bills, and the billing period in which it is due. */
    public record SubscriptionReference(Id subscription, Id phase, Id item, PeriodView billingPeriod) {

        private static @Nullable SubscriptionReference of(BillableItem.@Nullable Source source) {
            return source == null
                    ? null
                    : new SubscriptionReference(
                            new Id(source.subscriptionId()),
                            new Id(source.phaseId()),
                            new Id(source.itemId()),
                            PeriodView.of(source.billingPeriod()));
        }
    }

    /** A reference by id. */
    public record Id(String id) {}

    /** The rate card of a line. Its price is null if the line is free. */
    public record Card(
            @Nullable String featureKey,
            RateCardView.@Nullable Tax taxConfig,
            Optional<PriceView> price,
            RateCardView.@Nullable DiscountsView discounts) {}

    /** The discounts of a line. */
    public record LineDiscounts(List<UsageDiscount> usage) {}

    /**
     * Why usage is free.
     *
     * @param type ratecard_usage
     * @param quantity the free units of a period
     */
    public record Reason(String type, String quantity) {}

    /**
     * Free units.
     *
     * @param preLinePeriodQuantity the free units of earlier lines for the same period; absent if 0
     */
    public record UsageDiscount(
            String id,
            Instant createdAt,
            Instant updatedAt,
            Reason reason,
            String quantity,
            @Nullable String preLinePeriodQuantity) {}

    /** A line of the invoice. */
    public static InvoiceLineView of(InvoiceLine line, Invoice invoice) {
        InvoiceLine.Item item = line.item();
        InvoiceLine.Origin origin = line.origin();
        Instant createdAt = invoice.times().createdAt();
        BillableItem.Source source = origin == null ? null : origin.source();
        UsageSplit billable = line.rated().billable();
        UsageSplit metered = line.rated().metered();
        Map<String, String> metadata = line.wording().metadata();
        Optional<PriceView> price = Optional.ofNullable(item.pricing()).map(PriceView::of);
        var tax = RateCardView.Tax.of(item.taxConfig());
        return new InvoiceLineView(
                line.id(),
                "usage_based",
                source == null ? "manual" : "subscription",
                "valid",
                line.wording().name(),
                line.wording().description(),
                metadata.isEmpty() ? null : metadata,
                createdAt,
                invoice.times().updatedAt(),
                origin == null ? null : origin.deletedAt(),
                invoice.currency().getCurrencyCode(),
                PeriodView.of(item.period()),
                item.invoiceAt(),
                item.featureKey(),
                tax,
                price.orElse(null),
                new Card(item.featureKey(), tax, price, RateCardView.DiscountsView.of(item.discounts())),
                origin != null && origin.evidence() == null ? "1" : text(billable.quantity()),
                line.freeQuantity().signum() == 0 ? null : text(metered.quantity()),
                textUnlessZero(billable.before()),
                textUnlessZero(metered.before()),
                discounts(line, createdAt),
                TotalsView.of(line.totals()),
                SubscriptionReference.of(source),
                line.details().stream()
                        .map(detail -> DetailedLineView.of(line, detail, createdAt))
                        .toList());
    }

    private static @Nullable LineDiscounts discounts(InvoiceLine line, Instant createdAt) {
        Discounts discounts = line.item().discounts();
        if (line.usageDiscountId() == null || discounts.usage() == null) {
            return null;
        }
        return new LineDiscounts(List.of(new UsageDiscount(
                line.usageDiscountId(),
                createdAt,
                createdAt,
                new Reason("ratecard_usage", text(discounts.usage())),
                text(line.freeQuantity()),
                textUnlessZero(line.freeQuantityBefore()))));
    }

    private static String text(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }

    private static @Nullable String textUnlessZero(BigDecimal quantity) {
        return quantity.signum() == 0 ? null : text(quantity);
    }
}
