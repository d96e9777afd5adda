package dev.odometer.metering.subscription;

import dev.odometer.metering.pricing.BillingPeriods;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A time in which an item is provided and for which it is charged once.
 *
 * @param version of the items with this key in the phase, from 0
 * @param service when it is provided: the part of the full period in which the item is active; what is charged once has
 *     one, in the billing period in which it starts
 * @param full the period of its cadence, counted from the billing anchor; the service itself if it is charged once
 */
public record ServicePeriod(SubscriptionPhase phase, SubscriptionItem item, int version, Window service, Window full) {

    /** Identifies what is charged. */
    public String key(Subscription subscription) {
        return String.join(
                "/",
                subscription.id(),
                phase.key(),
                item.key(),
                "v" + version,
                service.start().toString());
    }

    /** The service periods of a subscription that start before a time, by phase and item, in the order of time. */
    public static List<ServicePeriod> of(Subscription subscription, Instant until) {
        var all = new ArrayList<ServicePeriod>();
        for (SubscriptionPhase phase : subscription.phases()) {
            var versions = new HashMap<String, Integer>();
            for (SubscriptionItem item : phase.items()) {
                int version = versions.merge(item.key(), 1, Integer::sum) - 1;
                Span active = item.within(subscription.span(phase));
                BillingPeriods periods = periods(subscription, item);
                for (Window service : services(periods, active, until)) {
                    boolean isOnce = item.card().billingCadence() == null;
                    Window full = isOnce ? service : periods.containing(service.start());
                    all.add(new ServicePeriod(phase, item, version, service, full));
                    if (isOnce) {
                        break;
                    }
                }
            }
        }
        return all;
    }

    private static BillingPeriods periods(Subscription subscription, SubscriptionItem item) {
        BillingPeriods periods = subscription.billingPeriods();
        CalendarDuration cadence = item.card().billingCadence();
        return cadence == null ? periods : new BillingPeriods(cadence, periods.anchor(), periods.zone());
    }

    private static List<Window> services(BillingPeriods periods, Span active, Instant until) {
        var services = new ArrayList<Window>();
        Instant from = active.from();
        while (from.isBefore(until) && active.contains(from)) {
            Instant end = periods.containing(from).end();
            services.add(new Window(from, active.to() != null && active.to().isBefore(end) ? active.to() : end));
            from = end;
        }
        return services;
    }
}
