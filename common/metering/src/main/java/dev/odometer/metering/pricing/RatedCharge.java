package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;

/**
 * One charge of a rated line. The amount is the difference of two rounded amounts when the line is a part of a period,
 * so it may differ by a minor unit from the product of unit price and quantity.
 *
 * @param amount before discounts
 * @param percentageDiscount what the percentage discount takes off
 * @param maximumDiscount what the maximum spend takes off
 */
public record RatedCharge(Charge charge, Money amount, Money percentageDiscount, Money maximumDiscount) {

    /** The amount after discounts. */
    public Money total() {
        return amount.minus(percentageDiscount).minus(maximumDiscount);
    }

    public Money discounts() {
        return percentageDiscount.plus(maximumDiscount);
    }

    public boolean isCommitment() {
        return charge.kind() == Charge.Kind.MINIMUM;
    }

    /** The charge of a part of a period: this charge, at the end of the part, less that at its start. */
    RatedCharge minus(RatedCharge before) {
        Money change = amount.minus(before.amount);
        return new RatedCharge(
                charge.minus(before.charge, change),
                change,
                percentageDiscount.minus(before.percentageDiscount),
                maximumDiscount.minus(before.maximumDiscount));
    }

    /** The charge of two adjacent parts of a period. */
    RatedCharge plus(RatedCharge other) {
        return new RatedCharge(
                charge.withQuantity(charge.quantity().add(other.charge.quantity())),
                amount.plus(other.amount),
                percentageDiscount.plus(other.percentageDiscount),
                maximumDiscount.plus(other.maximumDiscount));
    }

    /** The charge without the discount of the maximum spend. */
    RatedCharge unlimited() {
        return new RatedCharge(charge, amount, percentageDiscount, Money.zero(amount.currency()));
    }

    RatedCharge negated() {
        return new RatedCharge(
                charge.negated(amount.negated()),
                amount.negated(),
                percentageDiscount.negated(),
                maximumDiscount.negated());
    }

    /** Whether it changes neither the quantity nor the amount. */
    boolean isEmpty() {
        return charge.quantity().signum() == 0 && amount.isZero() && percentageDiscount.isZero();
    }

    /** Discounts an excess over the maximum spend; a negative excess reverses such a discount. */
    RatedCharge limited(Money excess) {
        return new RatedCharge(charge, amount, percentageDiscount, maximumDiscount.plus(excess));
    }
}
