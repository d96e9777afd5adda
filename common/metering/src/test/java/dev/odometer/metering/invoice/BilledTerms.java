package dev.odometer.metering.invoice;

import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.Tier;
import dev.odometer.metering.subscription.SubscriptionExamples;
import java.math.BigDecimal;
import java.util.List;

/** What a {@link BilledCustomer} pays: fees in advance and in arrears, one fee at the start, and tiers of usage. */
final class BilledTerms {

    static final Pricing TOKENS = new Pricing(
            new Price.Graduated(List.of(
                    new Tier(new BigDecimal(7), new BigDecimal(2), new BigDecimal("0.333")),
                    new Tier(null, null, new BigDecimal("0.05")))),
            new Commitment(new BigDecimal(3), new BigDecimal("4.1")),
            new Discounts(new BigDecimal("12.5"), BigDecimal.ONE));

    private BilledTerms() {}

    static PlanTerms plan() {
        return PlanExamples.monthly(PlanExamples.phase(
                "main",
                null,
                flat("advance", PaymentTerm.IN_ADVANCE),
                flat("arrears", PaymentTerm.IN_ARREARS),
                SubscriptionExamples.setup(),
                usage(TOKENS)));
    }

    static RateCard flat(String key, PaymentTerm term) {
        return new RateCard(
                RateCard.Kind.FLAT_FEE,
                PlanExamples.label(key),
                PlanExamples.duration("P1M"),
                Pricing.of(new Price.Flat(new BigDecimal("49.99"), term)),
                null,
                null,
                null,
                Discounts.NONE);
    }

    static RateCard usage(Pricing pricing) {
        return PlanExamples.card("tokens", "P1M", pricing);
    }
}
