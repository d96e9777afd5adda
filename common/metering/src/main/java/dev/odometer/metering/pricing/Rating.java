package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Rates usage. The order is: usage discount, price, percentage discount for each charge, maximum spend, minimum spend.
 *
 * <p>A part of a service period costs what the period costs up to its end less what it cost up to its start. Both are
 * rounded before they are subtracted. So the parts of a period add up to the whole exactly, however it is split; rating
 * each part by itself would lose or gain a minor unit per part.
 */
public final class Rating {

    private Rating() {}

    /** @param pricing valid, see {@link PriceCheck} */
    public static RatedLine rate(Pricing pricing, Currency currency, UsageSplit metered) {
        UsageSplit billable = pricing.discounts().billable(metered);
        Accrual end = Accrual.of(pricing, currency, billable.total(), metered.last());
        if (metered.first() && billable.before().signum() == 0) {
            return new RatedLine(metered, billable, currency, end.sinceStart(pricing.commitment()));
        }
        Accrual start = Accrual.of(pricing, currency, billable.before(), false);
        return new RatedLine(metered, billable, currency, end.since(start, pricing.commitment()));
    }

    /**
     * What a service period costs less what was charged for it: the charges of its next line. Charges for components
     * that are owed no more are reversed.
     *
     * @param owed for the period from its start
     * @param charged by all earlier lines; none that was voided
     */
    public static RatedLine remaining(RatedLine owed, List<RatedLine> charged) {
        if (charged.isEmpty()) {
            return owed;
        }
        Currency currency = owed.currency();
        var byComponent = new LinkedHashMap<Charge.Component, RatedCharge>();
        UsageSplit metered = owed.metered();
        UsageSplit billable = owed.billable();
        for (RatedLine line : charged) {
            line.charges().forEach(charge -> byComponent.merge(charge.charge().component(), charge, RatedCharge::plus));
            metered = metered.after(line.metered());
            billable = billable.after(line.billable());
        }
        List<RatedCharge> before = List.copyOf(byComponent.values());
        Money due = regular(owed.charges(), currency).minus(regular(before, currency));
        List<RatedCharge> difference = unlimited(owed.charges(), currency).difference(unlimited(before, currency));
        var regular = new ArrayList<RatedCharge>();
        difference.stream().filter(charge -> !charge.isCommitment()).forEach(regular::add);
        Accrual.limit(regular, regular(regular, currency).minus(due));
        difference.stream().filter(RatedCharge::isCommitment).forEach(regular::add);
        return new RatedLine(metered, billable, currency, regular);
    }

    /**
     * The line with another total: the difference lowers the minimum spend, and then discounts the last charges first.
     *
     * @param total not negative
     */
    public static RatedLine limited(RatedLine line, Money total) {
        Money zero = Money.zero(line.currency());
        Money excess = line.total().minus(total);
        var regular = new ArrayList<RatedCharge>();
        var commitments = new ArrayList<RatedCharge>();
        for (RatedCharge charge : line.charges()) {
            if (!charge.isCommitment()) {
                regular.add(charge);
                continue;
            }
            Money cut = excess.min(charge.total()).max(zero);
            commitments.add(charge.minus(new RatedCharge(charge.charge(), cut, zero, zero)));
            excess = excess.minus(cut);
        }
        Accrual.limit(regular, excess);
        commitments.removeIf(RatedCharge::isEmpty);
        regular.addAll(commitments);
        return new RatedLine(line.metered(), line.billable(), line.currency(), regular);
    }

    /** The charges before the maximum spend is applied, which limits their sum. */
    private static Accrual unlimited(List<RatedCharge> charges, Currency currency) {
        return new Accrual(charges.stream().map(RatedCharge::unlimited).toList(), currency, true);
    }

    private static Money regular(List<RatedCharge> charges, Currency currency) {
        return charges.stream()
                .filter(charge -> !charge.isCommitment())
                .map(RatedCharge::total)
                .reduce(Money.zero(currency), Money::plus);
    }

    /**
     * What a service period costs so far.
     *
     * @param charges after the percentage discount, before the commitment
     * @param ended whether the period is over, so that the minimum spend is due
     */
    private record Accrual(List<RatedCharge> charges, Currency currency, boolean ended) {

        static Accrual of(Pricing pricing, Currency currency, BigDecimal quantity, boolean ended) {
            BigDecimal percentage = pricing.discounts().percentage();
            Money zero = Money.zero(currency);
            var rated = new ArrayList<RatedCharge>();
            for (Charge charge : pricing.price().charges(quantity, ended)) {
                Money amount = charge.amount(currency);
                rated.add(
                        new RatedCharge(charge, amount, percentage == null ? zero : amount.percent(percentage), zero));
            }
            return new Accrual(rated, currency, ended);
        }

        List<RatedCharge> sinceStart(Commitment commitment) {
            return since(new Accrual(List.of(), currency, false), commitment);
        }

        List<RatedCharge> since(Accrual start, Commitment commitment) {
            List<RatedCharge> difference = difference(start);
            Money due = capped(commitment).minus(start.capped(commitment));
            limit(difference, total(difference).minus(due));
            addMinimum(difference, commitment);
            return difference;
        }

        private Money total() {
            return total(charges);
        }

        private Money total(List<RatedCharge> some) {
            return some.stream().map(RatedCharge::total).reduce(Money.zero(currency), Money::plus);
        }

        /** The total, at most the maximum spend. */
        private Money capped(Commitment commitment) {
            Money total = total();
            return commitment.maximum() == null ? total : total.min(Money.rounded(commitment.maximum(), currency));
        }

        /** The charges that are new, or greater or smaller than at the start. */
        private List<RatedCharge> difference(Accrual start) {
            var before = new LinkedHashMap<Charge.Component, RatedCharge>();
            start.charges.forEach(charge -> before.put(charge.charge().component(), charge));
            var difference = new ArrayList<RatedCharge>();
            for (RatedCharge now : charges) {
                RatedCharge earlier = before.remove(now.charge().component());
                difference.add(earlier == null ? now : now.minus(earlier));
            }
            // Corrections may lower the quantity below a tier, whose charges are then reversed.
            before.values().forEach(left -> difference.add(left.negated()));
            difference.removeIf(RatedCharge::isEmpty);
            return difference;
        }

        /** Discounts the excess over the maximum spend, from the last charges first. */
        private static void limit(List<RatedCharge> charges, Money excess) {
            Money left = excess;
            for (int i = charges.size() - 1; i >= 0 && !left.isZero(); i--) {
                RatedCharge charge = charges.get(i);
                // A negative excess, after corrections, reverses an earlier discount and goes to the last charge.
                Money part = i == 0 || left.signum() < 0
                        ? left
                        : left.min(charge.total().max(Money.zero(left.currency())));
                charges.set(i, charge.limited(part));
                left = left.minus(part);
            }
        }

        private void addMinimum(List<RatedCharge> difference, Commitment commitment) {
            if (!ended || commitment.minimum() == null) {
                return;
            }
            Money missing = Money.rounded(commitment.minimum(), currency).minus(capped(commitment));
            if (missing.signum() > 0) {
                Money zero = Money.zero(currency);
                var charge = new Charge(Charge.Kind.MINIMUM, 0, missing.amount(), BigDecimal.ONE);
                difference.add(new RatedCharge(charge, missing, zero, zero));
            }
        }
    }
}
