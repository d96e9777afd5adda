package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;

/**
 * What the usage of a service period, or of a part of it, costs.
 *
 * @param metered the usage
 * @param billable the usage after the usage discount
 * @param charges in the order of an invoice; empty when nothing is charged
 */
public record RatedLine(UsageSplit metered, UsageSplit billable, Currency currency, List<RatedCharge> charges) {

    public RatedLine {
        charges = List.copyOf(charges);
    }

    /** The same usage, not charged. */
    public RatedLine uncharged() {
        return new RatedLine(metered, billable, currency, List.of());
    }

    /** The sum of the charges after discounts. */
    public Money total() {
        return sum(charges, RatedCharge::total);
    }

    /** The sum of the charges for usage and fees, before discounts. */
    public Money amount() {
        return sum(charges.stream().filter(charge -> !charge.isCommitment()).toList(), RatedCharge::amount);
    }

    /** What is charged to reach the minimum spend. */
    public Money commitment() {
        return sum(charges.stream().filter(RatedCharge::isCommitment).toList(), RatedCharge::amount);
    }

    public Money discounts() {
        return sum(charges, RatedCharge::discounts);
    }

    /** Whether the usage discount makes units of the period free. */
    public boolean isUsageDiscounted() {
        return metered.total().compareTo(billable.total()) != 0;
    }

    private Money sum(List<RatedCharge> some, Function<RatedCharge, Money> part) {
        return some.stream().map(part).reduce(Money.zero(currency), Money::plus);
    }
}
