package dev.odometer.api.functions.pricing;

import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.pricing.PlanCheck;
import dev.odometer.metering.pricing.PlanIssue;
import dev.odometer.metering.pricing.PlanTerms;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks terms against the rules of plans. The features that they name are read in one round trip. */
public final class TermsCheck {

    private final Features features;
    private final Supplier<Documents> json;

    /** @param json created when a template has a configuration */
    public TermsCheck(Features features, Supplier<Documents> json) {
        this.features = features;
        this.json = json;
    }

    /** The rules for all of these terms, with the current features. */
    public PlanCheck of(Collection<PlanTerms> all) {
        return ofFeatures(
                all.stream().flatMap(terms -> terms.featureKeys().stream()).collect(Collectors.toSet()));
    }

    private boolean isJson(String config) {
        try {
            json.get().check(config.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (Refusal malformed) {
            return false;
        }
    }

    /** @throws Refusal INVALID with all issues, when one of them is critical */
    public void requireStorable(PlanTerms terms) {
        List<PlanIssue> issues = of(List.of(terms)).issues(terms);
        if (issues.stream().anyMatch(PlanIssue::critical)) {
            throw refusal(issues);
        }
    }

    /** @throws Refusal INVALID with all issues, when there are any */
    public void requirePublishable(PlanTerms terms) {
        requireNone(of(List.of(terms)).issues(terms));
    }

    /** @throws Refusal INVALID with all issues, when there are any */
    public static void requireNone(List<PlanIssue> issues) {
        if (!issues.isEmpty()) {
            throw refusal(issues);
        }
    }

    /** The rules with the current features of these keys. */
    public PlanCheck ofFeatures(Set<String> keys) {
        return new PlanCheck(keys.isEmpty() ? Map.of() : features.findByKeys(keys), this::isJson);
    }

    private static Refusal refusal(List<PlanIssue> issues) {
        PlanIssue first =
                issues.stream().filter(PlanIssue::critical).findFirst().orElse(issues.get(0));
        return Refusal.invalid(
                "invalid terms" + (issues.size() == 1 ? "" : " with " + issues.size() + " errors, including") + ": "
                        + Refusal.quote(first.field()) + ": " + first.code().message(),
                issues.stream().map(PlanIssue::violation).toList());
    }
}
