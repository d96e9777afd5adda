package dev.odometer.api.functions.notifications;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
import java.util.function.Function;

/** Returns a rule that is not deleted. */
public final class GetNotificationRule implements Function<GetNotificationRule.Input, RuleView> {

    private final Notifications notifications;

    public GetNotificationRule(Notifications notifications) {
        this.notifications = notifications;
    }

    /** The rule. */
    public record Input(String ruleId) {}

    @Override
    public RuleView apply(Input input) {
        return new RuleViews(notifications).of(require(notifications, input.ruleId));
    }

    static Rule require(Notifications notifications, String id) {
        return notifications.rule(id).orElseThrow(() -> Refusal.notFound("rule not found: " + Refusal.quote(id)));
    }
}
