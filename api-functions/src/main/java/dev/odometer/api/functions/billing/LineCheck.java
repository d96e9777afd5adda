package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.billing.LineDraft.Priced;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.pricing.PlanIssue.Code;
import dev.odometer.metering.pricing.PriceCheck;
import dev.odometer.metering.pricing.Pricing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the prices and features of the lines of a request. */
public final class LineCheck {

    private final FeatureLookup features;

    public LineCheck(FeatureLookup features) {
        this.features = features;
    }

    /** As {@link #features(Map)}, for all lines of a request. */
    public Map<String, Feature> features(List<Priced> lines) {
        var byPlace = new LinkedHashMap<String, Priced>();
        lines.forEach(line -> byPlace.put("lines[" + byPlace.size() + "]", line));
        return features(byPlace);
    }

    /**
     * The features of the lines, by key.
     *
     * @param byPlace by their places in the request
     * @throws Refusal when a price or discount is invalid, or a feature is missing or does not fit; with all reasons
     */
    public Map<String, Feature> features(Map<String, Priced> byPlace) {
        Map<String, Feature> known = features.byKeys(byPlace.values().stream()
                .flatMap(line -> Stream.ofNullable(line.item().featureKey()))
                .collect(Collectors.toSet()));
        var issues = new PriceIssues();
        byPlace.forEach((place, line) -> {
            Pricing pricing = line.item().pricing();
            if (pricing != null) {
                PriceCheck.issues(pricing).forEach(code -> issues.add(place + "." + line.pricePlace(), code));
            }
            addDiscounts(issues, place, line);
            addFeature(issues, place + "." + line.featurePlace(), line, known);
        });
        issues.refuse();
        return known;
    }

    /** @throws Refusal when a discount of the line is invalid */
    public static void requireDiscounts(String place, Priced line) {
        var issues = new PriceIssues();
        addDiscounts(issues, place, line);
        issues.refuse();
    }

    private static void addDiscounts(PriceIssues issues, String place, Priced line) {
        PriceCheck.issues(line.item().discounts(), !line.isByUsage())
                .forEach(code -> issues.add(place + ".rateCard.discounts", code));
    }

    private static void addFeature(PriceIssues issues, String place, Priced line, Map<String, Feature> known) {
        Item item = line.item();
        if (item.featureKey() == null) {
            if (line.isByUsage()) {
                issues.add(place, Code.USAGE_BASED_PRICE_WITH_NO_FEATURE);
            }
            return;
        }
        Feature feature = known.get(item.featureKey());
        if (feature == null) {
            issues.add(place, Code.RATE_CARD_FEATURE_NOT_FOUND);
        } else if (feature.isArchived()) {
            issues.add(place, Code.RATE_CARD_FEATURE_ARCHIVED);
        } else if (line.isByUsage() && feature.measure() == null) {
            issues.add(place, Code.USAGE_BASED_PRICE_WITH_FEATURE_AND_NO_METER);
        }
    }
}
