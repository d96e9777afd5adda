package dev.odometer.metering.invoice;

import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Charge;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.RatedCharge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One charge of an invoice line, with the discounts that lower it. */
public record DetailedLine(String id, RatedCharge charge, List<AmountDiscount> discounts) {

    public DetailedLine {
        discounts = List.copyOf(discounts);
    }

    /** Why an amount is discounted. */
    public enum Reason {
        RATECARD_PERCENTAGE,
        MAXIMUM_SPEND
    }

    /**
     * A part of an amount that is not charged.
     *
     * @param amount negative where a later part of a period reverses an earlier discount
     */
    public record AmountDiscount(String id, Reason reason, Money amount) {}

    /** The charge with ids for it and its discounts. */
    public static DetailedLine of(RatedCharge charge, Supplier<String> ids) {
        var discounts = new ArrayList<AmountDiscount>();
        if (!charge.percentageDiscount().isZero()) {
            discounts.add(new AmountDiscount(ids.get(), Reason.RATECARD_PERCENTAGE, charge.percentageDiscount()));
        }
        if (!charge.maximumDiscount().isZero()) {
            discounts.add(new AmountDiscount(ids.get(), Reason.MAXIMUM_SPEND, charge.maximumDiscount()));
        }
        return new DetailedLine(ids.get(), charge, discounts);
    }

    /** The name of the line, and after it what the charge is for. */
    String name(String line, @Nullable Price price) {
        Charge of = charge.charge();
        return switch (of.kind()) {
            case FLAT -> line;
            case UNIT, PACKAGE, DYNAMIC -> line + ": usage in period";
            case TIER_UNIT ->
                line + (price instanceof Price.Volume ? ": unit price for tier " : ": usage in tier ") + of.tier();
            case TIER_FLAT -> line + ": flat price for tier " + of.tier();
            case MINIMUM -> line + ": minimum spend";
        };
    }
}
