package dev.odometer.metering.entitlement;

import dev.odometer.metering.meter.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the grants hold while usage is gone through, period by period. */
final class Purse {

    /** In the order of burning. */
    private final List<Pot> pots = new ArrayList<>();

    private BigDecimal credit = BigDecimal.ZERO;
    private BigDecimal overage = BigDecimal.ZERO;
    private BigDecimal granted = BigDecimal.ZERO;
    private BigDecimal usage = BigDecimal.ZERO;

    /** What is left of a grant, and what was burnt of it in the period. */
    private static final class Pot {

        private final Stake stake;
        private BigDecimal left;
        private BigDecimal burnt = BigDecimal.ZERO;

        Pot(Stake stake, BigDecimal left) {
            this.stake = stake;
            this.left = left;
        }

        /** Takes as much as there is; the rest of what was wanted. */
        BigDecimal burn(BigDecimal wanted) {
            BigDecimal part = wanted.min(left);
            left = left.subtract(part);
            burnt = burnt.add(part);
            return wanted.subtract(part);
        }

        /** Takes back as much as was burnt; the rest of what was given. */
        BigDecimal giveBack(BigDecimal given) {
            BigDecimal part = given.min(burnt);
            left = left.add(part);
            burnt = burnt.subtract(part);
            return given.subtract(part);
        }
    }

    /** Ends the period before, and lets in what rolls over, the allowance and the grants that begin. */
    void begin(Periods.Period period, Terms.Metered terms, List<Stake> stakes) {
        BigDecimal inherited = period.preserves() ? overage : BigDecimal.ZERO;
        List<Pot> before = List.copyOf(pots);
        pots.clear();
        credit = BigDecimal.ZERO;
        usage = BigDecimal.ZERO;
        overage = inherited;
        granted = inherited.negate();
        for (Pot pot : before) {
            if (pot.stake.rollsInto(period.start())) {
                enter(pot.stake, pot.stake.grant().rollover().of(pot.left));
            }
        }
        if (terms.allowance() != null && terms.allowance().signum() > 0) {
            enter(Stake.allowance(terms, terms.allowance(), period.start()), terms.allowance());
        }
        stakes.stream()
                .filter(stake -> stake.start().equals(period.start()))
                .forEach(stake -> enter(stake, stake.grant().amount()));
        settle();
    }

    /** Burns what usage rose by, or gives back what it fell by, up to a total in the period. */
    void use(BigDecimal total) {
        BigDecimal rise = total.subtract(usage);
        usage = total;
        if (rise.signum() >= 0) {
            BigDecimal fromCredit = rise.min(credit);
            credit = credit.subtract(fromCredit);
            overage = overage.add(rise.subtract(fromCredit));
            settle();
            return;
        }
        BigDecimal given = rise.negate();
        BigDecimal paid = given.min(overage);
        overage = overage.subtract(paid);
        given = given.subtract(paid);
        for (int i = pots.size() - 1; i >= 0; i--) {
            given = pots.get(i).giveBack(given);
        }
        credit = credit.add(given);
    }

    /** Takes out the grants that end at the time, then lets in those that begin. */
    void change(Instant at, List<Stake> stakes) {
        pots.removeIf(pot -> {
            boolean ends = pot.stake.endsBy(at);
            granted = ends ? granted.subtract(pot.left) : granted;
            return ends;
        });
        stakes.stream()
                .filter(stake -> stake.start().equals(at))
                .forEach(stake -> enter(stake, stake.grant().amount()));
        settle();
    }

    private void enter(Stake stake, BigDecimal amount) {
        int place = pots.size();
        while (place > 0 && Stake.BURN_ORDER.compare(stake, pots.get(place - 1).stake) < 0) {
            place--;
        }
        pots.add(place, new Pot(stake, amount));
        granted = granted.add(amount);
    }

    /** Pays overage as far as there is something left. */
    private void settle() {
        for (Pot pot : pots) {
            if (overage.signum() == 0) {
                return;
            }
            overage = pot.burn(overage);
        }
    }

    Balance balance() {
        BigDecimal left = credit;
        for (Pot pot : pots) {
            left = left.add(pot.left);
        }
        return new Balance(
                Quantity.normal(left), Quantity.normal(usage), Quantity.normal(overage), Quantity.normal(granted));
    }
}
