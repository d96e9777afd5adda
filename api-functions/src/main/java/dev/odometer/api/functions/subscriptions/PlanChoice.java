package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.PlanCheck;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.subscription.PlanReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the terms of a subscription: those of a plan version or of a custom plan. */
final class PlanChoice {

    private final Plans plans;
    private final TermsCheck check;

    PlanChoice(Plans plans, TermsCheck check) {
        this.plans = plans;
        this.check = check;
    }

    /**
     * Chosen terms that break no rule.
     *
     * @param plan absent for a custom plan
     * @param features by key, those that the terms name
     */
    record Chosen(
            @Nullable PlanReference plan,
            String name,
            @Nullable String description,
            Map<String, String> metadata,
            PlanTerms terms,
            Map<String, Feature> features) {}

    /** @throws Refusal INVALID when not exactly one is given, or the terms break a rule; as {@link #version} */
    Chosen of(SubscriptionDraft draft, Instant now) {
        if ((draft.plan() == null) == (draft.customPlan() == null)) {
            throw Refusal.invalid("exactly one of plan and customPlan is required");
        }
        return draft.customPlan() == null
                ? of(version(Objects.requireNonNull(draft.plan()), now), draft.settlementMode())
                : of(draft.customPlan(), draft.settlementMode());
    }

    /** @throws Refusal NOT_FOUND when there is no such version; INVALID when it is not active */
    private Plan version(SubscriptionDraft.PlanKey reference, Instant now) {
        String key = Bounds.required("plan.key", reference.key());
        if (reference.version() == null) {
            return find(key, new Plans.Choice.Active(now))
                    .orElseThrow(() -> find(key, new Plans.Choice.Latest()).isPresent()
                            ? Refusal.invalid("plan has no active version: " + Refusal.quote(key))
                            : missing(key));
        }
        int number = Bounds.within("plan.version", reference.version(), 1, Integer.MAX_VALUE);
        Plan version =
                find(key, new Plans.Choice.Numbered(number)).orElseThrow(() -> missing(key + " version " + number));
        version.requireStatus(Plan.Status.ACTIVE, now);
        return version;
    }

    private Optional<Plan> find(String key, Plans.Choice choice) {
        return Text.isStorable(key) ? plans.findByKey(key, choice) : Optional.empty();
    }

    private static Refusal missing(String plan) {
        return Refusal.notFound("plan not found: " + Refusal.quote(plan));
    }

    private Chosen of(Plan plan, @Nullable String settlementMode) {
        return checked(
                PlanReference.of(plan),
                new Named(
                        plan.label().name(),
                        plan.label().description(),
                        plan.label().metadata()),
                settled(plan.terms(), settlementMode));
    }

    private Chosen of(CustomPlanDraft custom, @Nullable String settlementMode) {
        String name = Bounds.required("customPlan.name", custom.name());
        PlanTerms terms;
        try {
            terms = custom.toTerms().toTerms();
        } catch (Refusal refusal) {
            throw refusal.at("customPlan");
        }
        return checked(
                null,
                new Named(name, custom.description(), Objects.requireNonNullElse(custom.metadata(), Map.of())),
                settled(terms, settlementMode));
    }

    private record Named(String name, @Nullable String description, Map<String, String> metadata) {}

    private Chosen checked(@Nullable PlanReference plan, Named named, PlanTerms terms) {
        PlanCheck rules = check.of(List.of(terms));
        TermsCheck.requireNone(rules.issues(terms));
        return new Chosen(plan, named.name, named.description, named.metadata, terms, rules.features());
    }

    private static PlanTerms settled(PlanTerms terms, @Nullable String mode) {
        return mode == null
                ? terms
                : new PlanTerms(terms.currency(), terms.billingCadence(), terms.proratesPrices(), mode, terms.phases());
    }
}
