package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plan sells and how it is billed. A subscription keeps a copy, so changes of the plan do not affect it.
 *
 * @param billingCadence the period of an invoice
 * @param proratesPrices whether flat fees are prorated for parts of a period
 * @param settlementMode credit_then_invoice or credit_only; stored and returned without effect
 * @param phases in the order in which a subscription goes through them
 */
public record PlanTerms(
        Currency currency,
        CalendarDuration billingCadence,
        boolean proratesPrices,
        String settlementMode,
        List<Phase> phases) {

    public static final String DEFAULT_SETTLEMENT = "credit_then_invoice";

    private static final Set<String> SETTLEMENT_MODES = Set.of(DEFAULT_SETTLEMENT, "credit_only");
    private static final int MAX_PHASES = 100;
    private static final int MAX_RATE_CARDS = 1000;

    /** @throws Refusal when a field is invalid; what a draft may lack is reported by {@link PlanCheck} */
    public PlanTerms {
        if (!SETTLEMENT_MODES.contains(settlementMode)) {
            throw Refusal.invalid(
                    "settlementMode must be one of credit_only, credit_then_invoice: " + Refusal.quote(settlementMode));
        }
        phases = List.copyOf(phases);
        checkSize(
                phases.size(),
                phases.stream().mapToLong(phase -> phase.rateCards().size()).sum());
    }

    /**
     * Checks the size of a plan or of a subscription, which edits can make larger than its plan.
     *
     * @throws Refusal when it has too many phases or rate cards
     */
    public static void checkSize(int phases, long rateCards) {
        if (phases > MAX_PHASES) {
            throw Refusal.invalid("phases must have at most " + MAX_PHASES + " items: " + phases);
        }
        if (rateCards > MAX_RATE_CARDS) {
            throw Refusal.invalid(
                    "a plan or subscription must have at most " + MAX_RATE_CARDS + " rate cards: " + rateCards);
        }
    }

    public Stream<RateCard> rateCards() {
        return phases.stream().flatMap(phase -> phase.rateCards().stream());
    }

    /** The keys of the features that its rate cards name. */
    public Set<String> featureKeys() {
        return rateCards()
                .flatMap(card -> Stream.ofNullable(card.featureKey()))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
