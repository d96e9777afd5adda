package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.PlanCheck;
import dev.odometer.metering.pricing.PlanIssue;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.subscription.Customization;
import dev.odometer.metering.subscription.SubscribedPhases;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds, removes and moves phases and items of an active subscription, with their entitlements. */
public final class EditSubscription implements Function<EditSubscription.Input, SubscriptionView> {

    private static final int MAX_CUSTOMIZATIONS = 100;

    private final Subscriptions subscriptions;
    private final TermsCheck check;
    private final SubscriptionViews views;
    private final Supplier<String> ids;
    private final Clock clock;

    EditSubscription(
            Subscriptions subscriptions, TermsCheck check, SubscriptionViews views, Supplier<String> ids, Clock clock) {
        this.subscriptions = subscriptions;
        this.check = check;
        this.views = views;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The subscription.
     *
     * @param customizations 1 to 100, applied in order, all or none
     * @param timing immediate, the default, or next_billing_cycle
     */
    public record Input(
            String subscriptionId,
            @Required @Nullable List<@Nullable CustomizationDraft> customizations,
            @Nullable String timing) {}

    @Override
    public SubscriptionView apply(Input input) {
        Instant now = clock.instant();
        Timing timing = Timing.parse(Objects.requireNonNullElse(input.timing, "immediate"));
        List<@Nullable CustomizationDraft> drafts = Bounds.required("customizations", input.customizations);
        Bounds.within("the number of customizations", drafts.size(), 1, MAX_CUSTOMIZATIONS);
        List<Parsed> parsed = parsed(drafts);
        Subscription current = new SubscriptionLookup(subscriptions).any(input.subscriptionId);
        List<Customization> customizations = checked(parsed, current);
        Subscription edited = subscriptions.change(current.id(), stored -> stored.edited(customizations, timing, now));
        return views.expanded(edited, now);
    }

    private record Parsed(
            CustomizationDraft draft, @Nullable RateCard card) {}

    private static List<Parsed> parsed(List<@Nullable CustomizationDraft> drafts) {
        var parsed = new ArrayList<Parsed>();
        for (CustomizationDraft draft : drafts) {
            try {
                CustomizationDraft given = Bounds.required("customization", draft);
                given.checkFields();
                parsed.add(new Parsed(given, given.card().orElse(null)));
            } catch (Refusal refusal) {
                throw refusal.at("customizations[" + parsed.size() + "]");
            }
        }
        return parsed;
    }

    /** Customizations whose rate cards break no rule. */
    private List<Customization> checked(List<Parsed> parsed, Subscription subscription) {
        PlanCheck rules = check.ofFeatures(parsed.stream()
                .flatMap(one -> Stream.ofNullable(one.card))
                .flatMap(card -> Stream.ofNullable(card.featureKey()))
                .collect(Collectors.toSet()));
        var phases = new SubscribedPhases(rules.features(), ids);
        var issues = new ArrayList<PlanIssue>();
        var customizations = new ArrayList<Customization>();
        for (Parsed one : parsed) {
            String place = "$.customizations[" + customizations.size() + "].rateCard";
            if (one.card != null) {
                issues.addAll(rules.issues(one.card, subscription.terms().billingCadence(), place));
            }
            try {
                customizations.add(one.draft.toCustomization(one.card, phases));
            } catch (Refusal refusal) {
                throw refusal.at("customizations[" + customizations.size() + "]");
            }
        }
        TermsCheck.requireNone(issues);
        return customizations;
    }
}
