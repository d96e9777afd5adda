package dev.odometer.api.functions.plans;

import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.PlanCheck;
import dev.odometer.metering.pricing.PlanIssue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Shows plan versions with their status, and drafts with the issues that prevent publication. */
final class PlanViews {

    private final TermsCheck check;
    private final Clock clock;

    PlanViews(TermsCheck check, Clock clock) {
        this.check = check;
        this.clock = clock;
    }

    PlanView of(Plan plan) {
        return of(List.of(plan)).get(0);
    }

    List<PlanView> of(List<Plan> plans) {
        Instant now = clock.instant();
        PlanCheck rules = check.of(
                plans.stream().filter(PlanViews::isDraft).map(Plan::terms).toList());
        return plans.stream()
                .map(plan -> PlanView.of(plan, issues(plan, rules), now))
                .toList();
    }

    private static List<PlanIssue> issues(Plan plan, PlanCheck rules) {
        return isDraft(plan) ? rules.issues(plan.terms()) : List.of();
    }

    private static boolean isDraft(Plan plan) {
        return plan.effective() == null;
    }
}
