package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Items;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.pricing.Backtest.FeatureTariffs;
import dev.odometer.metering.pricing.PlanCheck;
import dev.odometer.metering.pricing.PlanIssue;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.Tariff;
import dev.odometer.metering.usage.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rate cards of a backtest, checked.
 *
 * @param measures by feature key
 */
record BacktestCards(List<FeatureTariffs> features, Map<String, Measure> measures) {

    static final int MAX_CARDS = 100;
    private static final int MAX_PERIODS = 100;
    private static final String TESTED = "rateCards";
    private static final String CURRENT = "currentRateCards";

    /** A card of a request, which has a price and a feature. */
    private record Card(String featureKey, Pricing pricing, RateCard terms) {

        private static Card of(RateCardDraft draft) {
            RateCard terms = draft.toRateCard();
            return new Card(
                    Bounds.required("featureKey", terms.featureKey()),
                    Bounds.required("price", terms.pricing()),
                    terms);
        }
    }

    /** @throws Refusal when a card is invalid, or its periods do not divide the range */
    static BacktestCards of(
            FeatureLookup lookup,
            @Nullable List<@Nullable RateCardDraft> tested,
            @Nullable List<@Nullable RateCardDraft> current,
            Window range) {
        List<Card> cards = Items.each(TESTED, tested, MAX_CARDS, Card::of);
        List<Card> currentCards = current == null ? List.of() : Items.each(CURRENT, current, MAX_CARDS, Card::of);
        checkKeys(cards, currentCards);
        Map<String, Feature> features =
                lookup.byKeys(cards.stream().map(Card::featureKey).collect(Collectors.toSet()));
        checkPrices(features, cards, currentCards);
        List<Tariff> tariffs = tariffs(TESTED, cards, range);
        List<Tariff> currentTariffs = tariffs(CURRENT, currentCards, range);
        var currentByKey = new HashMap<String, Tariff>();
        for (int i = 0; i < currentCards.size(); i++) {
            currentByKey.put(currentCards.get(i).featureKey, currentTariffs.get(i));
        }
        var all = new ArrayList<FeatureTariffs>();
        for (int i = 0; i < cards.size(); i++) {
            String key = cards.get(i).featureKey;
            all.add(new FeatureTariffs(key, tariffs.get(i), currentByKey.get(key)));
        }
        return new BacktestCards(all, measures(features));
    }

    private static Map<String, Measure> measures(Map<String, Feature> features) {
        var measures = new HashMap<String, Measure>();
        features.forEach((key, feature) -> measures.put(key, Objects.requireNonNull(feature.measure())));
        return measures;
    }

    /** Each feature has one card, and only features under test have a current one. */
    private static void checkKeys(List<Card> cards, List<Card> currentCards) {
        Map<String, Integer> tested = indexes(TESTED, cards);
        indexes(CURRENT, currentCards).forEach((key, i) -> {
            if (!tested.containsKey(key)) {
                throw Refusal.invalid(CURRENT + "[" + i + "].featureKey has no rate card in " + TESTED + ": " + key);
            }
        });
    }

    private static Map<String, Integer> indexes(String field, List<Card> cards) {
        var indexes = new HashMap<String, Integer>();
        for (int i = 0; i < cards.size(); i++) {
            String key = cards.get(i).featureKey;
            if (indexes.put(key, i) != null) {
                throw Refusal.invalid(
                        field + "[" + i + "].featureKey must differ from that of the other rate cards: " + key);
            }
        }
        return indexes;
    }

    private static void checkPrices(Map<String, Feature> features, List<Card> cards, List<Card> currentCards) {
        // Entitlements of a plan have no effect on its prices, so their JSON is not parsed.
        var check = new PlanCheck(features, json -> true);
        var issues = new PriceIssues();
        addIssues(issues, check, TESTED, cards);
        addIssues(issues, check, CURRENT, currentCards);
        issues.refuse();
        for (int i = 0; i < cards.size(); i++) {
            if (Objects.requireNonNull(features.get(cards.get(i).featureKey)).measure() == null) {
                throw Refusal.invalid(
                        TESTED + "[" + i + "].featureKey must name a feature with a meter: " + cards.get(i).featureKey);
            }
        }
    }

    private static void addIssues(PriceIssues issues, PlanCheck check, String field, List<Card> cards) {
        for (int i = 0; i < cards.size(); i++) {
            for (PlanIssue issue : check.issues(cards.get(i).terms, field + "[" + i + "]")) {
                issues.add(issue.field(), issue.code());
            }
        }
    }

    private static List<Tariff> tariffs(String field, List<Card> cards, Window range) {
        if (cards.isEmpty()) {
            return List.of();
        }
        Function<Card, Tariff> tariff =
                card -> Tariff.of(card.pricing, card.terms.billingCadence(), range, MAX_PERIODS);
        return Items.each(field, cards, MAX_CARDS, tariff);
    }
}
