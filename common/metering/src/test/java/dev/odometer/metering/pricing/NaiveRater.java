package dev.odometer.metering.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An oracle for {@link Rating} that shares no code with it: it walks from unit to unit, and looks up the tier of each. It
 * costs what a service period costs up to a quantity. Bounds of tiers must be integers.
 *
 * @param digits of the currency
 */
public record NaiveRater(Pricing pricing, int digits) {

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /** What the period costs up to the usage. */
    public BigDecimal owed(BigDecimal usage, boolean ended) {
        BigDecimal sum = round(BigDecimal.ZERO);
        for (BigDecimal component : components(charged(usage), ended)) {
            BigDecimal amount = round(component);
            BigDecimal percentage = pricing.discounts().percentage();
            sum = sum.add(amount);
            if (percentage != null) {
                sum = sum.subtract(round(amount.multiply(percentage).divide(HUNDRED)));
            }
        }
        return committed(sum, ended);
    }

    private BigDecimal committed(BigDecimal sum, boolean ended) {
        BigDecimal maximum = pricing.commitment().maximum();
        BigDecimal minimum = pricing.commitment().minimum();
        if (maximum != null && sum.compareTo(round(maximum)) > 0) {
            return round(maximum);
        }
        return ended && minimum != null && sum.compareTo(round(minimum)) < 0 ? round(minimum) : sum;
    }

    /** Takes the free units off one by one. */
    private BigDecimal charged(BigDecimal usage) {
        BigDecimal free = pricing.discounts().usage();
        BigDecimal left = usage;
        while (free != null && free.signum() > 0 && left.signum() > 0) {
            BigDecimal step = free.min(left).min(BigDecimal.ONE);
            left = left.subtract(step);
            free = free.subtract(step);
        }
        return left;
    }

    /** The exact amounts, each of which is rounded by itself. */
    private List<BigDecimal> components(BigDecimal usage, boolean ended) {
        Price price = pricing.price();
        if (price instanceof Price.Flat flat) {
            return ended || flat.term() == PaymentTerm.IN_ADVANCE ? List.of(flat.amount()) : List.of();
        }
        if (price instanceof Price.PerUnit unit) {
            return List.of(usage.multiply(unit.amount()));
        }
        if (price instanceof Price.Dynamic dynamic) {
            return List.of(usage.multiply(dynamic.multiplier()));
        }
        if (price instanceof Price.PerPackage packages) {
            return List.of(packages(usage, packages.size()).multiply(packages.amount()));
        }
        if (price instanceof Price.Graduated graduated) {
            return graduated(graduated.tiers(), usage);
        }
        return ended ? volume(((Price.Volume) price).tiers(), usage) : List.of();
    }

    /** Opens packages until they hold the usage. */
    private static BigDecimal packages(BigDecimal usage, BigDecimal size) {
        BigDecimal opened = BigDecimal.ZERO;
        while (opened.multiply(size).compareTo(usage) < 0) {
            opened = opened.add(BigDecimal.ONE);
        }
        while (opened.subtract(BigDecimal.ONE).multiply(size).compareTo(usage) >= 0) {
            opened = opened.subtract(BigDecimal.ONE);
        }
        return opened;
    }

    private static List<BigDecimal> graduated(List<Tier> tiers, BigDecimal usage) {
        var costs = new ArrayList<BigDecimal>();
        tiers.forEach(tier -> costs.add(BigDecimal.ZERO));
        BigDecimal at = usage.min(BigDecimal.ZERO);
        costs.set(0, at.multiply(orZero(tiers.get(0).unit())));
        while (at.compareTo(usage) < 0) {
            BigDecimal next = at.add(BigDecimal.ONE).min(usage);
            int tier = tierOf(tiers, next);
            costs.set(
                    tier,
                    costs.get(tier)
                            .add(next.subtract(at)
                                    .multiply(orZero(tiers.get(tier).unit()))));
            at = next;
        }
        for (int i = 0; i <= tierOf(tiers, usage); i++) {
            costs.add(orZero(tiers.get(i).flat()));
        }
        return costs;
    }

    private static List<BigDecimal> volume(List<Tier> tiers, BigDecimal usage) {
        Tier tier = tiers.get(tierOf(tiers, usage));
        return List.of(usage.multiply(orZero(tier.unit())), orZero(tier.flat()));
    }

    /** The tier with the lowest bound that is not below the usage. */
    private static int tierOf(List<Tier> tiers, BigDecimal usage) {
        int found = -1;
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal bound = tiers.get(i).upTo();
            boolean holds = bound == null || usage.compareTo(bound) <= 0;
            BigDecimal best = found < 0 ? null : tiers.get(found).upTo();
            if (holds && (found < 0 || (bound != null && (best == null || bound.compareTo(best) < 0)))) {
                found = i;
            }
        }
        return found;
    }

    private static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }

    /** Half away from zero: adds a half to the magnitude and cuts off. */
    BigDecimal round(BigDecimal exact) {
        BigDecimal magnitude = exact.abs()
                .movePointRight(digits)
                .add(HALF)
                .setScale(0, RoundingMode.DOWN)
                .movePointLeft(digits);
        return (exact.signum() < 0 ? magnitude.negate() : magnitude).setScale(digits, RoundingMode.UNNECESSARY);
    }
}
