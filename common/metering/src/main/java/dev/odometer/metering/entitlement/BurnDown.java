package dev.odometer.metering.entitlement;

import dev.odometer.metering.meter.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The remaining amounts of grants while usage is replayed period by period. Mutable, not thread-safe. */
final class BurnDown {

    /** In burn-down order. */
    private final List<GrantBalance> grantBalances = new ArrayList<>();

    /** Usage that decreased below what the grants had covered; later usage in the period consumes it first. */
    private BigDecimal credit = BigDecimal.ZERO;

    private BigDecimal overage = BigDecimal.ZERO;
    private BigDecimal granted = BigDecimal.ZERO;
    private BigDecimal usage = BigDecimal.ZERO;

    /** The remaining amount of a grant, and the amount consumed in the period. */
    private static final class GrantBalance {

        private final EffectiveGrant effectiveGrant;
        private BigDecimal remaining;
        private BigDecimal consumed = BigDecimal.ZERO;

        GrantBalance(EffectiveGrant effectiveGrant, BigDecimal remaining) {
            this.effectiveGrant = effectiveGrant;
            this.remaining = remaining;
        }

        GrantBalance(GrantBalance other) {
            this(other.effectiveGrant, other.remaining);
            consumed = other.consumed;
        }

        /** Consumes as much of the amount as remains. Returns the part that the grant does not cover. */
        BigDecimal consume(BigDecimal amount) {
            BigDecimal part = amount.min(remaining);
            remaining = remaining.subtract(part);
            consumed = consumed.add(part);
            return amount.subtract(part);
        }

        /** Returns consumed usage to the grant, at most what was consumed. Returns the part that exceeds it. */
        BigDecimal restore(BigDecimal amount) {
            BigDecimal part = amount.min(consumed);
            remaining = remaining.add(part);
            consumed = consumed.subtract(part);
            return amount.subtract(part);
        }
    }

    BurnDown() {}

    BurnDown(BurnDown other) {
        other.grantBalances.forEach(grantBalance -> grantBalances.add(new GrantBalance(grantBalance)));
        credit = other.credit;
        overage = other.overage;
        granted = other.granted;
        usage = other.usage;
    }

    /**
     * Ends the previous period and starts the next one with rollovers, the allowance and grants that start or recur with
     * it. The caller settles the overage.
     */
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
                addGrant(
                        grantBalance.effectiveGrant,
                        grantBalance.effectiveGrant.grant().rollover().of(grantBalance.remaining));
            }
        }
        if (terms.allowance() != null && terms.allowance().signum() > 0) {
            addGrant(EffectiveGrant.allowance(terms, terms.allowance(), period.start()), terms.allowance());
        }
        issue(period.start(), effectiveGrants);
    }

    /**
     * Applies usage up to this total in the period. An increase consumes credit, then grants; the rest is overage. A
     * decrease reduces overage, then restores grants in reverse order; the rest becomes credit.
     */
    void use(BigDecimal total) {
        BigDecimal increase = total.subtract(usage);
        usage = total;
        if (increase.signum() >= 0) {
            BigDecimal fromCredit = increase.min(credit);
            credit = credit.subtract(fromCredit);
            overage = overage.add(increase.subtract(fromCredit));
            settle();
            return;
        }
        BigDecimal decrease = increase.negate();
        BigDecimal fromOverage = decrease.min(overage);
        overage = overage.subtract(fromOverage);
        decrease = decrease.subtract(fromOverage);
        for (int i = grantBalances.size() - 1; i >= 0; i--) {
            decrease = grantBalances.get(i).restore(decrease);
        }
        credit = credit.add(decrease);
    }

    /** Removes the grants that end at the time, then adds those that start or recur. The caller settles the overage. */
    void change(Instant at, List<EffectiveGrant> effectiveGrants) {
        removeGrants(effectiveGrant -> effectiveGrant.endsBy(at));
        issue(at, effectiveGrants);
    }

    private void issue(Instant at, List<EffectiveGrant> effectiveGrants) {
        for (EffectiveGrant effectiveGrant : effectiveGrants) {
            if (effectiveGrant.start().equals(at)) {
                addGrant(effectiveGrant, effectiveGrant.grant().amount());
            } else if (effectiveGrant.recursAt(at)) {
                removeGrants(effectiveGrant::equals);
                addGrant(effectiveGrant, effectiveGrant.grant().amount());
            }
        }
    }

    private void removeGrants(Predicate<EffectiveGrant> which) {
        grantBalances.removeIf(grantBalance -> {
            boolean removed = which.test(grantBalance.effectiveGrant);
            granted = removed ? granted.subtract(grantBalance.remaining) : granted;
            return removed;
        });
    }

    private void addGrant(EffectiveGrant effectiveGrant, BigDecimal amount) {
        int index = grantBalances.size();
        while (index > 0
                && EffectiveGrant.BURN_ORDER.compare(effectiveGrant, grantBalances.get(index - 1).effectiveGrant) < 0) {
            index--;
        }
        grantBalances.add(index, new GrantBalance(effectiveGrant, amount));
        granted = granted.add(amount);
    }

    /** Covers overage with the grants as far as they suffice. */
    void settle() {
        for (GrantBalance grantBalance : grantBalances) {
            if (overage.signum() == 0) {
                return;
            }
            overage = grantBalance.consume(overage);
        }
    }

    Balance balance() {
        BigDecimal total = credit;
        for (GrantBalance grantBalance : grantBalances) {
            total = total.add(grantBalance.remaining);
        }
        return new Balance(
                Quantity.normal(total), Quantity.normal(usage), Quantity.normal(overage), Quantity.normal(granted));
    }

    /** The remaining amounts by grant id, in burn-down order. */
    Map<String, BigDecimal> remaining() {
        var amounts = new LinkedHashMap<String, BigDecimal>();
        grantBalances.forEach(grantBalance ->
                amounts.put(grantBalance.effectiveGrant.grant().id(), Quantity.normal(grantBalance.remaining)));
        return amounts;
    }
}
