package dev.odometer.metering.entitlement;

import dev.odometer.metering.meter.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the grants hold while usage is gone through, period by period. */
final class BurnDown {

    /** In the order of burning. */
    private final List<GrantBalance> grantBalances = new ArrayList<>();

    private BigDecimal credit = BigDecimal.ZERO;
    private BigDecimal overage = BigDecimal.ZERO;
    private BigDecimal granted = BigDecimal.ZERO;
    private BigDecimal usage = BigDecimal.ZERO;

    /** What is left of a grant, and what was burnt of it in the period. */
    private static final class GrantBalance {

        private final EffectiveGrant effectiveGrant;
        private BigDecimal left;
        private BigDecimal burnt = BigDecimal.ZERO;

        GrantBalance(EffectiveGrant effectiveGrant, BigDecimal left) {
            this.effectiveGrant = effectiveGrant;
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
    void begin(Periods.Period period, Terms.Metered terms, List<EffectiveGrant> effectiveGrants) {
        BigDecimal inherited = period.preserves() ? overage : BigDecimal.ZERO;
        List<GrantBalance> before = List.copyOf(grantBalances);
        grantBalances.clear();
        credit = BigDecimal.ZERO;
        usage = BigDecimal.ZERO;
        overage = inherited;
        granted = inherited.negate();
        for (GrantBalance grantBalance : before) {
            if (grantBalance.effectiveGrant.rollsInto(period.start())) {
                enter(
                        grantBalance.effectiveGrant,
                        grantBalance.effectiveGrant.grant().rollover().of(grantBalance.left));
            }
        }
        if (terms.allowance() != null && terms.allowance().signum() > 0) {
            enter(EffectiveGrant.allowance(terms, terms.allowance(), period.start()), terms.allowance());
        }
        effectiveGrants.stream()
                .filter(effectiveGrant -> effectiveGrant.start().equals(period.start()))
                .forEach(effectiveGrant ->
                        enter(effectiveGrant, effectiveGrant.grant().amount()));
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
        for (int i = grantBalances.size() - 1; i >= 0; i--) {
            given = grantBalances.get(i).giveBack(given);
        }
        credit = credit.add(given);
    }

    /** Takes out the grants that end at the time, then lets in those that begin. */
    void change(Instant at, List<EffectiveGrant> effectiveGrants) {
        grantBalances.removeIf(grantBalance -> {
            boolean ends = grantBalance.effectiveGrant.endsBy(at);
            granted = ends ? granted.subtract(grantBalance.left) : granted;
            return ends;
        });
        effectiveGrants.stream()
                .filter(effectiveGrant -> effectiveGrant.start().equals(at))
                .forEach(effectiveGrant ->
                        enter(effectiveGrant, effectiveGrant.grant().amount()));
        settle();
    }

    private void enter(EffectiveGrant effectiveGrant, BigDecimal amount) {
        int place = grantBalances.size();
        while (place > 0
                && EffectiveGrant.BURN_ORDER.compare(effectiveGrant, grantBalances.get(place - 1).effectiveGrant) < 0) {
            place--;
        }
        grantBalances.add(place, new GrantBalance(effectiveGrant, amount));
        granted = granted.add(amount);
    }

    /** Pays overage as far as there is something left. */
    private void settle() {
        for (GrantBalance grantBalance : grantBalances) {
            if (overage.signum() == 0) {
                return;
            }
            overage = grantBalance.burn(overage);
        }
    }

    Balance balance() {
        BigDecimal left = credit;
        for (GrantBalance grantBalance : grantBalances) {
            left = left.add(grantBalance.left);
        }
        return new Balance(
                Quantity.normal(left), Quantity.normal(usage), Quantity.normal(overage), Quantity.normal(granted));
    }
}
