package dev.odometer.views;

import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.DetailedLine.AmountDiscount;
import dev.odometer.metering.invoice.DetailedLine.Reason;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceLine.Totals;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Charge;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedCharge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A charge of an invoice line in API responses.
 *
 * @param perUnitAmount exact
 * @param category commitment for what is charged to reach a minimum spend, otherwise regular
 */
public record DetailedLineView(
        String id,
        String type,
        String managedBy,
        String status,
        String name,
        Instant createdAt,
        Instant updatedAt,
        String currency,
        PeriodView period,
        Instant invoiceAt,
        String perUnitAmount,
        String quantity,
        String paymentTerm,
        String category,
        @Nullable Amounts discounts,
        TotalsView totals) {

    /** The discounts of a charge. */
    public record Amounts(List<Discount> amount) {}

    /**
     * A part of the amount that is not charged.
     *
     * @param reason its type, and the percentage of a percentage discount
     */
    public record Discount(
            String id, Instant createdAt, Instant updatedAt, Map<String, Object> reason, String amount) {}

    static DetailedLineView of(InvoiceLine line, DetailedLine detail, Instant createdAt) {
        Charge charge = detail.charge().charge();
        Money amount = detail.charge().amount();
        // The metered value of a dynamic price is an amount of money, so the quantity of the charge is 1.
        boolean isDynamic = charge.kind() == Charge.Kind.DYNAMIC;
        return new DetailedLineView(
                detail.id(),
                "flat_fee",
                "system",
                "detailed",
                line.nameOf(detail),
                createdAt,
                createdAt,
                amount.currency().getCurrencyCode(),
                PeriodView.of(line.item().period()),
                line.item().invoiceAt(),
                isDynamic ? TotalsView.text(amount) : charge.unitPrice().toPlainString(),
                isDynamic ? "1" : plain(charge.quantity()),
                isInAdvance(line.item().pricing()) ? "in_advance" : "in_arrears",
                detail.charge().isCommitment() ? "commitment" : "regular",
                discounts(line, detail, createdAt),
                TotalsView.of(totals(detail.charge())));
    }

    private static boolean isInAdvance(@Nullable Pricing pricing) {
        return pricing != null && pricing.price() instanceof Price.Flat flat && flat.term() == PaymentTerm.IN_ADVANCE;
    }

    private static String plain(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }

    private static Totals totals(RatedCharge charge) {
        Money zero = Money.zero(charge.amount().currency());
        boolean isCommitment = charge.isCommitment();
        return new Totals(
                isCommitment ? zero : charge.amount(),
                isCommitment ? charge.amount() : zero,
                charge.discounts(),
                charge.total());
    }

    private static @Nullable Amounts discounts(InvoiceLine line, DetailedLine detail, Instant createdAt) {
        List<Discount> discounts = detail.discounts().stream()
                .map(discount -> new Discount(
                        discount.id(),
                        createdAt,
                        createdAt,
                        reason(line, discount),
                        TotalsView.text(discount.amount())))
                .toList();
        return discounts.isEmpty() ? null : new Amounts(discounts);
    }

    private static Map<String, Object> reason(InvoiceLine line, AmountDiscount discount) {
        var reason = new LinkedHashMap<String, Object>();
        reason.put("type", discount.reason().name().toLowerCase(java.util.Locale.ROOT));
        BigDecimal percentage = line.item().discounts().percentage();
        if (discount.reason() == Reason.RATECARD_PERCENTAGE && percentage != null) {
            reason.put("percentage", percentage);
        }
        return reason;
    }
}
