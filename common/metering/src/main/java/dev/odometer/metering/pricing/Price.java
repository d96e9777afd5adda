package dev.odometer.metering.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What usage costs. A price is a function of the quantity in a service period so far; it keeps no state, so the charges
 * of any part of the period are a difference of two calls.
 *
 * <p>A quantity may be negative when corrections exceed usage. Units then cost their price with a negative sign, and no
 * flat fee is reversed below 0.
 */
public sealed interface Price {

    /** Whether the price depends on usage, and so needs a metered feature. */
    default boolean isUsageBased() {
        return true;
    }

    /**
     * The charges of a service period so far, in the order of an invoice. Components without a quantity are left out.
     *
     * @param quantity the usage since the start of the period, after a usage discount
     * @param ended whether the period is over; some components are charged only then
     */
    List<Charge> charges(BigDecimal quantity, boolean ended);

    /** A fee per service period, independent of usage. */
    record Flat(BigDecimal amount, PaymentTerm term) implements Price {

        public Flat {
            amount = Amounts.checked("price.amount", amount);
        }

        @Override
        public boolean isUsageBased() {
            return false;
        }

        @Override
        public List<Charge> charges(BigDecimal quantity, boolean ended) {
            return ended || term == PaymentTerm.IN_ADVANCE ? List.of(Charge.flat(amount)) : List.of();
        }
    }

    /** A price for each unit. */
    record PerUnit(BigDecimal amount) implements Price {

        public PerUnit {
            amount = Amounts.checked("price.amount", amount);
        }

        @Override
        public List<Charge> charges(BigDecimal quantity, boolean ended) {
            return present(new Charge(Charge.Kind.UNIT, 0, amount, quantity));
        }
    }

    /** The metered value is an amount of money, which is multiplied. */
    record Dynamic(BigDecimal multiplier) implements Price {

        public Dynamic {
            multiplier = Amounts.checked("price.multiplier", multiplier);
        }

        @Override
        public List<Charge> charges(BigDecimal quantity, boolean ended) {
            return present(new Charge(Charge.Kind.DYNAMIC, 0, multiplier, quantity));
        }
    }

    /**
     * A price for each started package of units; 0 units need no package.
     *
     * @param size the units per package; a price whose size is 0 is stored in drafts, but cannot be rated
     */
    record PerPackage(BigDecimal amount, BigDecimal size) implements Price {

        public PerPackage {
            amount = Amounts.checked("price.amount", amount);
            size = Amounts.checked("price.quantityPerPackage", size);
        }

        @Override
        public List<Charge> charges(BigDecimal quantity, boolean ended) {
            // Packages are whole: the round up to the next package is the rule of the price, not a rounding of money.
            BigDecimal packages = quantity.divide(size, 0, RoundingMode.CEILING);
            return present(new Charge(Charge.Kind.PACKAGE, 0, amount, packages));
        }
    }

    /** Each unit costs the price of the tier that it falls into. */
    record Graduated(List<Tier> tiers) implements Price {

        public Graduated {
            tiers = sorted(tiers);
        }

        @Override
        public List<Charge> charges(BigDecimal quantity, boolean ended) {
            var charges = new ArrayList<Charge>();
            BigDecimal lower = BigDecimal.ZERO;
            for (int i = 0; i < tiers.size(); i++) {
                Tier tier = tiers.get(i);
                boolean isFirst = i == 0;
                // The first tier also holds a quantity of 0 and below.
                if (!isFirst && quantity.compareTo(lower) <= 0) {
                    break;
                }
                BigDecimal upper = tier.upTo() == null ? quantity : quantity.min(tier.upTo());
                addTier(charges, i + 1, tier, isFirst ? upper : upper.subtract(lower));
                lower = tier.upTo() == null ? lower : tier.upTo();
            }
            return charges;
        }
    }

    /** All units cost the price of the tier that the whole quantity falls into, which is known when the period ends. */
    record Volume(List<Tier> tiers) implements Price {

        public Volume {
            tiers = sorted(tiers);
        }

        @Override
        public List<Charge> charges(BigDecimal quantity, boolean ended) {
            if (!ended) {
                return List.of();
            }
            int i = 0;
            while (isAbove(quantity, tiers.get(i).upTo())) {
                i++;
            }
            var charges = new ArrayList<Charge>();
            addTier(charges, i + 1, tiers.get(i), quantity);
            return charges;
        }

        private static boolean isAbove(BigDecimal quantity, @Nullable BigDecimal upTo) {
            return upTo != null && quantity.compareTo(upTo) > 0;
        }
    }

    private static void addTier(List<Charge> charges, int number, Tier tier, BigDecimal units) {
        if (tier.unit() != null && units.signum() != 0) {
            charges.add(new Charge(Charge.Kind.TIER_UNIT, number, tier.unit(), units));
        }
        if (tier.flat() != null) {
            charges.add(new Charge(Charge.Kind.TIER_FLAT, number, tier.flat(), BigDecimal.ONE));
        }
    }

    private static List<Charge> present(Charge charge) {
        return charge.quantity().signum() == 0 ? List.of() : List.of(charge);
    }

    /** By upper bound, the open tier last. */
    private static List<Tier> sorted(List<Tier> tiers) {
        return tiers.stream()
                .sorted(Comparator.comparing(Tier::upTo, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }
}
