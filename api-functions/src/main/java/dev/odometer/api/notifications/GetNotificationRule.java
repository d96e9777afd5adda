package dev.odometer.api.notifications;

import dev.odometer.notification.Notifications;
import dev.odometer.notification.Rule;
import dev.odometer.refusal.Refusal;
import java.util.function.Function;

/** Shows a rule that is not deleted. */
public final class GetNotificationRule implements Function<GetNotificationRule.Input, RuleView> {

    private final Notifications notifications;

    public GetNotificationRule(Notifications notifications) {
        this.notifications = notifications;
    }

    /** Which rule. */
    public record Input(String ruleId) {}

    @Override
    public RuleView apply(Input input) {
        return new RuleViews(notifications).of(known(notifications, input.ruleId));
    }

    static Rule known(Notifications notifications, String id) {
        return notifications.rule(id).orElseThrow(() -> Refusal.notFound("rule not found: " + Refusal.quote(id)));
    }
}
