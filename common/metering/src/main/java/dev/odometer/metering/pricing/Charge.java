package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * One component of a price, applied to the usage of a service period so far.
 *
 * @param tier from 1 for components of a tier, otherwise 0
 * @param unitPrice exact
 * @param quantity exact
 */
public record Charge(Kind kind, int tier, BigDecimal unitPrice, BigDecimal quantity) {

    /** What a charge is for. */
    public enum Kind {
        FLAT,
        UNIT,
        PACKAGE,
        TIER_UNIT,
        TIER_FLAT,
        /** The metered value is an amount of money; the unit price is the multiplier. */
        DYNAMIC,
        /** The amount by which the other charges fall short of the minimum spend. */
        MINIMUM
    }

    static Charge flat(BigDecimal amount) {
        return new Charge(Kind.FLAT, 0, amount, BigDecimal.ONE);
    }

    /** The unit price times the quantity, rounded once. */
    Money amount(Currency currency) {
        return Money.rounded(unitPrice.multiply(quantity), currency);
    }

    /** A component of a price: its charges at two times can be compared. */
    record Component(Kind kind, int tier) {}

    Component component() {
        return new Component(kind, tier);
    }

    /** What is charged in addition to the other charge for the component, given the change of the amount. */
    Charge minus(Charge before, Money change) {
        return isFee() ? once(change) : withQuantity(quantity.subtract(before.quantity));
    }

    /** What reverses the charge, given the reversed amount. */
    Charge negated(Money change) {
        return isFee() ? once(change) : withQuantity(quantity.negate());
    }

    private boolean isFee() {
        return kind == Kind.FLAT || kind == Kind.MINIMUM;
    }

    /** An amount, charged or credited once. The sign is in the quantity, since unit prices are not negative. */
    private Charge once(Money change) {
        return change.isZero()
                ? withQuantity(BigDecimal.ZERO)
                : new Charge(kind, tier, change.amount().abs(), BigDecimal.valueOf(change.signum()));
    }

    Charge withQuantity(BigDecimal other) {
        return new Charge(kind, tier, unitPrice, other);
    }
}
