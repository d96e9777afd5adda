package dev.odometer.documents;

import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.DetailedLine.AmountDiscount;
import dev.odometer.metering.invoice.DetailedLine.Reason;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Charge;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A charge of a line, as documents list it. The product of quantity and unit price, rounded to the currency, is the
 * amount, and the amount less the discounts is the net amount.
 *
 * @param unitPrice not negative: the sign of a credit is in the quantity
 * @param amount before discounts
 */
record Position(
        InvoiceLine line,
        String name,
        BigDecimal quantity,
        BigDecimal unitPrice,
        Money amount,
        List<AmountDiscount> discounts) {

    /** The positions of a line: one for each charge, or one without an amount if nothing is charged. */
    static List<Position> of(InvoiceLine line) {
        if (line.details().isEmpty()) {
            BigDecimal units = line.rated().metered().quantity();
            Money nothing = Money.zero(line.rated().currency());
            return List.of(new Position(line, line.wording().name(), units, BigDecimal.ZERO, nothing, List.of()));
        }
        return line.details().stream().map(detail -> of(line, detail)).toList();
    }

    private static Position of(InvoiceLine line, DetailedLine detail) {
        Charge charge = detail.charge().charge();
        Money amount = detail.charge().amount();
        // The metered value of a dynamic price is an amount of money, so the quantity of the charge is 1.
        boolean isDynamic = charge.kind() == Charge.Kind.DYNAMIC;
        Money product = Money.rounded(charge.unitPrice().multiply(charge.quantity()), amount.currency());
        // The amount of a part of a period is the difference of two rounded amounts, and may differ by a minor unit.
        boolean isOnce = isDynamic || !product.equals(amount);
        return new Position(
                line,
                line.nameOf(detail),
                isOnce ? BigDecimal.valueOf(amount.signum() < 0 ? -1 : 1) : charge.quantity(),
                isOnce ? amount.amount().abs() : charge.unitPrice(),
                amount,
                detail.discounts());
    }

    /** The note on free units; absent if there are none. */
    static @Nullable String freeUnits(InvoiceLine line) {
        return line.freeQuantity().signum() == 0
                ? null
                : Numbers.grouped(line.freeQuantity()) + " of "
                        + Numbers.grouped(line.rated().metered().quantity()) + " units are free";
    }

    /** Why an amount is discounted. */
    static String nameOf(InvoiceLine line, AmountDiscount discount) {
        if (discount.reason() == Reason.MAXIMUM_SPEND) {
            return "Maximum spend";
        }
        BigDecimal percentage = line.item().discounts().percentage();
        return percentage == null ? "Discount" : "Discount of " + Numbers.plain(percentage) + " %";
    }

    Money discount() {
        return discounts.stream().map(AmountDiscount::amount).reduce(Money.zero(amount.currency()), Money::plus);
    }

    Money net() {
        return amount.minus(discount());
    }
}
