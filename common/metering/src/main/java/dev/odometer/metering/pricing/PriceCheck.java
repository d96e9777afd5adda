package dev.odometer.metering.pricing;

import dev.odometer.metering.pricing.PlanIssue.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rules that a price must meet before it can be rated. */
public final class PriceCheck {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private PriceCheck() {}

    /** The rules that the pricing breaks, once each; empty when it can be rated. */
    public static List<Code> issues(Pricing pricing) {
        var issues = new ArrayList<Code>();
        Price price = pricing.price();
        if (price instanceof Price.Graduated graduated) {
            addTiers(issues, graduated.tiers());
        } else if (price instanceof Price.Volume volume) {
            addTiers(issues, volume.tiers());
        } else if (price instanceof Price.PerPackage packages && packages.size().signum() == 0) {
            issues.add(Code.PRICE_PACKAGE_SIZE_INVALID);
        }
        if (pricing.commitment().isInverted()) {
            issues.add(Code.PRICE_MINIMUM_ABOVE_MAXIMUM);
        }
        return issues;
    }

    /** The rules that the discounts break. */
    public static List<Code> issues(Discounts discounts, boolean isFlat) {
        var issues = new ArrayList<Code>();
        if (discounts.percentage() != null && discounts.percentage().compareTo(HUNDRED) > 0) {
            issues.add(Code.PERCENTAGE_DISCOUNT_INVALID_VALUE);
        }
        if (discounts.usage() != null && isFlat) {
            issues.add(Code.USAGE_DISCOUNT_WITH_FLAT_PRICE);
        }
        return issues;
    }

    private static void addTiers(List<Code> issues, List<Tier> tiers) {
        long open = tiers.stream().filter(tier -> tier.upTo() == null).count();
        if (open != 1) {
            issues.add(open == 0 ? Code.PRICE_TIERS_WITHOUT_OPEN_TIER : Code.PRICE_TIERS_WITH_MULTIPLE_OPEN_TIERS);
        }
        List<BigDecimal> bounds =
                tiers.stream().map(Tier::upTo).filter(Objects::nonNull).toList();
        // A tier up to 0 would be empty.
        boolean isEmpty = bounds.stream().anyMatch(bound -> bound.signum() == 0);
        if (isEmpty || bounds.stream().distinct().count() < bounds.size()) {
            issues.add(Code.PRICE_TIERS_DUPLICATED_BOUND);
        }
        if (tiers.stream().anyMatch(tier -> tier.flat() == null && tier.unit() == null)) {
            issues.add(Code.PRICE_TIER_WITHOUT_PRICE);
        }
    }
}
