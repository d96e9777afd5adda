package dev.odometer.metering.subscription;

import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.EntitlementTemplate;
import dev.odometer.metering.resource.Lifecycle;
import java.util.Objects;
import java.util.Optional;

/** The entitlement that an item gives by its template. */
final class ItemEntitlement {

    private ItemEntitlement() {}

    /** @param active when the item is active */
    static Optional<Entitlement> of(Subscription subscription, SubscriptionItem item, Span active) {
        EntitlementTemplate template = item.card().template();
        if (template == null || item.featureId() == null) {
            return Optional.empty();
        }
        return Optional.of(new Entitlement(
                item.id(),
                subscription.customerId(),
                item.featureId(),
                item.key(),
                terms(subscription, item, active, template),
                template.metadata(),
                new Entitlement.Managed(subscription.id(), active.from(), active.to()),
                lifecycle(subscription)));
    }

    private static Lifecycle lifecycle(Subscription subscription) {
        Lifecycle created = Lifecycle.created(subscription.updatedAt());
        return subscription.isDeleted() ? created.deleted(subscription.updatedAt()) : created;
    }

    private static Terms terms(
            Subscription subscription, SubscriptionItem item, Span active, EntitlementTemplate template) {
        if (template instanceof EntitlementTemplate.Static fixed) {
            return new Terms.Static(fixed.config(), null);
        }
        if (!(template instanceof EntitlementTemplate.Metered metered)) {
            return new Terms.BooleanAccess(null);
        }
        CalendarDuration interval =
                metered.usagePeriod() == null ? item.card().billingCadence() : metered.usagePeriod();
        return new Terms.Metered(
                UsagePeriod.of(Objects.requireNonNull(interval).text(), subscription.billingAnchor()),
                active.from(),
                metered.issueAfterReset(),
                Objects.requireNonNullElse(metered.issueAfterResetPriority(), 1),
                metered.isSoftLimit(),
                false,
                metered.preserveOverageAtReset());
    }
}
