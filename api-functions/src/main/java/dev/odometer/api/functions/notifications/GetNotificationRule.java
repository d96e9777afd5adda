package dev.odometer.api.functions.notifications;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
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
