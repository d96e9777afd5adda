package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.billing.LineDraft.Priced;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.pricing.PlanIssue.Code;
import dev.odometer.metering.pricing.PriceCheck;
import dev.odometer.metering.pricing.Pricing;
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

    /**
     * The features of the lines, by key.
     *
     * @throws Refusal when a price or discount is invalid, or a feature is missing or does not fit; with all reasons
     */
    public Map<String, Feature> features(List<Priced> lines) {
        Map<String, Feature> known = features.byKeys(lines.stream()
                .flatMap(line -> Stream.ofNullable(line.item().featureKey()))
                .collect(Collectors.toSet()));
        var issues = new PriceIssues();
        for (int i = 0; i < lines.size(); i++) {
            String place = "lines[" + i + "].";
            Priced line = lines.get(i);
            Pricing pricing = line.item().pricing();
            if (pricing != null) {
                PriceCheck.issues(pricing).forEach(code -> issues.add(place + line.pricePlace(), code));
            }
            PriceCheck.issues(line.item().discounts(), !line.isByUsage())
                    .forEach(code -> issues.add(place + "rateCard.discounts", code));
            addFeature(issues, place + line.featurePlace(), line, known);
        }
        issues.refuse();
        return known;
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
